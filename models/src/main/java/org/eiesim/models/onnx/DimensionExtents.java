package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/** The extents that a user gives to dynamic dimensions, each known by its name, or as {@code input.axis} where it has none. */
final class DimensionExtents {
    private final GraphProto graph;
    private final Map<String, Integer> extents;

    private DimensionExtents(GraphProto graph, Map<String, Integer> extents) {
        this.graph = graph;
        this.extents = extents;
    }

    /**
     * Checks what is given.
     *
     * @param graph the graph whose inputs have such dimensions
     * @param extents extents by name
     * @return the extents
     * @throws FormatException if there is no dimension of a name
     */
    static DimensionExtents of(GraphProto graph, Map<String, Integer> extents) throws FormatException {
        DimensionExtents all = new DimensionExtents(graph, extents);
        Set<String> known = all.positions().keySet();
        for (String name : new TreeSet<>(extents.keySet())) {
            if (!known.contains(name)) {
                throw new FormatException(
                        "--dim " + LayerNames.shorten(name),
                        "no input has a dynamic dimension of that name; "
                                + (known.isEmpty()
                                        ? "there is none"
                                        : "there are "
                                                + known.stream()
                                                        .map(LayerNames::shorten)
                                                        .collect(Collectors.joining(", "))));
            }
        }
        return all;
    }

    /** Returns the name of a dynamic dimension. */
    static String name(String input, int axis, TensorShapeProto.Dimension dimension) {
        return dimension.getDimParam().isEmpty() ? input + "." + axis : dimension.getDimParam();
    }

    /** Returns the extent that is given to a dimension, or null. */
    @Nullable
    Integer find(String name) {
        return extents.get(name);
    }

    /**
     * Refuses extents, other than 1, of dimensions that are the batch wherever they stand.
     *
     * @param batchAxes the batch axis of each input, or {@link Operand#NO_BATCH}
     */
    void requireNoBatch(Map<String, Integer> batchAxes) throws FormatException {
        for (Map.Entry<String, Set<Position>> entry : positions().entrySet()) {
            Integer extent = extents.get(entry.getKey());
            boolean isBatch = entry.getValue().stream()
                    .allMatch(
                            position -> batchAxes.getOrDefault(position.input(), Operand.NO_BATCH) == position.axis());
            if (extent != null && extent != 1 && isBatch) {
                throw new FormatException(
                        "--dim " + LayerNames.shorten(entry.getKey()) + "=" + extent,
                        "this dimension is the batch, of which one sample is taken; leave it out");
            }
        }
    }

    private record Position(String input, int axis) {}

    private Map<String, Set<Position>> positions() {
        Set<String> constants =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        Map<String, Set<Position>> positions = new LinkedHashMap<>();
        for (ValueInfoProto input : graph.getInputList()) {
            if (constants.contains(input.getName())) {
                continue;
            }
            TensorShapeProto shape = input.getType().getTensorType().getShape();
            for (int axis = 0; axis < shape.getDimCount(); axis++) {
                if (!shape.getDim(axis).hasDimValue()) {
                    positions
                            .computeIfAbsent(
                                    name(input.getName(), axis, shape.getDim(axis)), name -> new LinkedHashSet<>())
                            .add(new Position(input.getName(), axis));
                }
            }
        }
        return positions;
    }
}
