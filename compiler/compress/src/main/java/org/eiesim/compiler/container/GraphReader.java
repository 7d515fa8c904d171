package org.eiesim.compiler.container;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/** Reads the network section of {@link EieFormat}, fetching tensors as it meets them. */
final class GraphReader {
    /** Gives a tensor's values; called in graph order, so that sections can be read front to back. */
    interface TensorSource {
        Tensor stored(ParameterKey key, Shape shape) throws FormatException;

        Tensor coded(ParameterKey key, Shape shape) throws FormatException;
    }

    /** Fewest bytes of an input or node in the file: an empty name and a rank, or a kind and an empty name. */
    private static final int MIN_ITEM_LENGTH = 2;

    /** Bytes an input or node takes in memory, its name, shape and place in maps included, its tensors not. */
    private static final int ITEM_BYTES = 512;

    /** Bytes a value's name takes in a list. */
    private static final int REFERENCE_BYTES = 8;

    private final SectionReader in;
    private final TensorSource tensors;
    private final MemoryBudget budget;
    private final List<String> values = new ArrayList<>();
    private String node = "";

    GraphReader(SectionReader in, TensorSource tensors, MemoryBudget budget) {
        this.in = in;
        this.tensors = tensors;
        this.budget = budget;
    }

    Network network() throws FormatException {
        String name = in.readString("network name");
        int numInputs = in.readCount("number of inputs", MIN_ITEM_LENGTH);
        budget.reserve(in, "the list of inputs", numInputs, ITEM_BYTES);
        List<Network.Input> inputs = new ArrayList<>();
        for (int i = 0; i < numInputs; i++) {
            Network.Input input = new Network.Input(in.readString("input name"), shape());
            inputs.add(input);
            values.add(input.name());
        }
        int numNodes = in.readCount("number of nodes", MIN_ITEM_LENGTH);
        budget.reserve(in, "the list of nodes", numNodes, ITEM_BYTES);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < numNodes; i++) {
            nodes.add(node());
        }
        int numOutputs = in.readCount("number of outputs", 1);
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < numOutputs; i++) {
            outputs.add(value());
        }
        in.requireEnd();
        try {
            return new Network(name, inputs, nodes, outputs);
        } catch (IllegalArgumentException e) {
            throw in.error(String.valueOf(e.getMessage()));
        }
    }

    private Node node() throws FormatException {
        int kind = in.readByte("kind of node");
        node = in.readString("node name");
        NodeCodec<?> codec = NodeCodecs.ofKind(kind);
        if (codec == null) {
            throw in.error("node " + node + " is of unknown kind " + kind);
        }
        try {
            Node read = codec.read(this, node);
            values.add(node);
            return read;
        } catch (IllegalArgumentException e) {
            throw in.error(String.valueOf(e.getMessage()));
        }
    }

    String value() throws FormatException {
        int back = in.readVarint("distance to a value", 1, values.size());
        return values.get(values.size() - back);
    }

    int integer(String what) throws FormatException {
        return in.readVarint(what);
    }

    boolean flag(String what) throws FormatException {
        return constant(what, List.of(false, true));
    }

    double number(String what) throws FormatException {
        return Double.longBitsToDouble(in.readLong(what));
    }

    float coefficient(String what, boolean mayBeInfinite) throws FormatException {
        return mayBeInfinite ? in.readFloat(what) : in.readFiniteFloat(what);
    }

    List<String> values(String what) throws FormatException {
        int count = in.readCount("number of " + what, 1);
        budget.reserve(in, "the list of " + what, count, REFERENCE_BYTES);
        List<String> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(value());
        }
        return list;
    }

    List<Integer> axes() throws FormatException {
        int count = in.readVarint("number of axes", 0, EieFormat.MAX_RANK);
        List<Integer> axes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            axes.add(axis());
        }
        return axes;
    }

    List<Integer> indices() throws FormatException {
        int count = in.readCount("number of indices", 1);
        budget.reserve(in, "the list of indices", count, REFERENCE_BYTES);
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            indices.add(integer("index"));
        }
        return indices;
    }

    int axis() throws FormatException {
        return in.readVarint("axis", 0, EieFormat.MAX_RANK - 1);
    }

    <E> E constant(String what, List<E> constants) throws FormatException {
        int index = in.readByte(what);
        if (index >= constants.size()) {
            throw in.error(
                    "node " + node + ": " + what + " " + index + " is unknown, known are 0.." + (constants.size() - 1));
        }
        return constants.get(index);
    }

    Shape shape() throws FormatException {
        return shape(in.readVarint("rank", 0, EieFormat.MAX_RANK));
    }

    private Shape shape(int rank) throws FormatException {
        int[] extents = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            extents[axis] = in.readVarint("extent");
        }
        try {
            return Shape.of(extents);
        } catch (IllegalArgumentException e) {
            throw in.error(String.valueOf(e.getMessage()));
        }
    }

    Window window() throws FormatException {
        return new Window(
                integer("kernel height"),
                integer("kernel width"),
                integer("vertical stride"),
                integer("horizontal stride"),
                integer("top padding"),
                integer("left padding"),
                integer("bottom padding"),
                integer("right padding"),
                integer("vertical dilation"),
                integer("horizontal dilation"));
    }

    Tensor tensor(String role) throws FormatException {
        Tensor tensor = optionalTensor(role);
        if (tensor == null) {
            throw in.error("node " + node + " lacks its " + role);
        }
        return tensor;
    }

    @Nullable
    Tensor optionalTensor(String role) throws FormatException {
        int form = in.readByte("form of " + role);
        if (form == GraphWriter.ABSENT) {
            return null;
        }
        int rank = form >>> 2;
        if (rank > EieFormat.MAX_RANK) {
            throw in.error("node " + node + ": " + role + " has " + rank + " axes, allowed are " + EieFormat.MAX_RANK);
        }
        Shape shape = shape(rank);
        ParameterKey key = new ParameterKey(node, role);
        return switch (form & 3) {
            case GraphWriter.IN_PARAMETERS -> tensors.stored(key, shape);
            case GraphWriter.IN_LAYER -> tensors.coded(key, shape);
            default -> throw in.error("node " + node + ": " + role + " has unknown form " + form);
        };
    }
}
