package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;

/**
 * Operators that read or write single elements at constant indices. All are gathers from a list of elements: what is
 * written lies behind what it is written to, and each element is taken from where it was last written.
 */
final class IndexOperators {
    private final OnnxNode node;
    private final GraphImport graph;
    private final Composition steps;

    private IndexOperators(OnnxNode node, GraphImport graph) {
        this.node = node;
        this.graph = graph;
        steps = new Composition(node, graph);
    }

    /** Imports GatherElements. */
    static void gatherElements(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        IndexOperators operators = new IndexOperators(node, graph);
        int[] extents = node.extents(0);
        int axis = node.axis("axis", 0, extents.length);
        int[] positions = operators.elements(extents, axis);
        operators.define(operators.list(0), positions, node.constant(1).extents());
    }

    /** Imports GatherND. */
    static void gatherNd(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        if (node.integer("batch_dims", 0) != 0) {
            throw node.unsupported("batch_dims", node.integer("batch_dims", 0));
        }
        IndexOperators operators = new IndexOperators(node, graph);
        int[] extents = node.extents(0);
        int[] indices = node.constant(1).extents();
        int depth = operators.depth(extents);
        int[] result = Arrays.copyOf(indices, indices.length - 1 + extents.length - depth);
        System.arraycopy(extents, depth, result, indices.length - 1, extents.length - depth);
        operators.define(operators.list(0), operators.slices(extents), result);
    }

    /** Imports ScatterElements and Scatter, its older name. */
    static void scatterElements(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 3);
        IndexOperators operators = new IndexOperators(node, graph);
        int[] extents = node.extents(0);
        int axis = node.axis("axis", 0, extents.length);
        if (!Arrays.equals(node.extents(2), node.constant(1).extents())) {
            throw node.error("its updates must have the extents of its indices");
        }
        operators.write(extents, operators.elements(extents, axis));
    }

    /** Imports ScatterND. */
    static void scatterNd(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 3);
        IndexOperators operators = new IndexOperators(node, graph);
        int[] extents = node.extents(0);
        operators.write(extents, operators.slices(extents));
    }

    /** Returns which element of the data, its axes laid out in C order, each index of one axis means. */
    private int[] elements(int[] extents, int axis) throws FormatException {
        ConstantTensor constant = node.constant(1);
        int[] own = constant.extents();
        if (own.length != extents.length) {
            throw node.error("its indices have " + own.length + " axes, and its data " + extents.length);
        }
        for (int i = 0; i < own.length; i++) {
            if (i != axis && own[i] > extents[i]) {
                throw node.error(
                        "its indices reach beyond axis " + i + " of its data, which has " + extents[i] + " elements");
            }
        }
        long[] indices = constant.integers();
        int[] positions = new int[indices.length];
        for (int i = 0; i < positions.length; i++) {
            int rest = i;
            int stride = 1;
            for (int at = own.length - 1; at >= 0; at--) {
                int coordinate = at == axis ? GatherOperator.index(indices[i], extents[at]) : rest % own[at];
                rest /= own[at];
                positions[i] += coordinate * stride;
                stride *= extents[at];
            }
        }
        return positions;
    }

    /** Returns how many axes of the data an index of several numbers goes through. */
    private int depth(int[] extents) throws FormatException {
        int[] own = node.constant(1).extents();
        int depth = own.length == 0 ? 0 : own[own.length - 1];
        if (depth < 1 || depth > extents.length) {
            throw node.error("its indices are of " + depth + " axes, and its data has " + extents.length);
        }
        return depth;
    }

    /** Returns which elements of the data the slices are made of that indices of several numbers mean. */
    private int[] slices(int[] extents) throws FormatException {
        int depth = depth(extents);
        long[] indices = node.constant(1).integers();
        int inner = 1;
        for (int axis = depth; axis < extents.length; axis++) {
            inner = Math.multiplyExact(inner, extents[axis]);
        }
        int count = indices.length / depth;
        node.reserve((long) count * inner);
        int[] positions = new int[Math.multiplyExact(count, inner)];
        for (int i = 0; i < count; i++) {
            int start = 0;
            for (int axis = 0; axis < depth; axis++) {
                start = start * extents[axis] + GatherOperator.index(indices[i * depth + axis], extents[axis]);
            }
            for (int j = 0; j < inner; j++) {
                positions[i * inner + j] = start * inner + j;
            }
        }
        return positions;
    }

    /** Yields the data with updates at some positions, the last one of each. */
    private void write(int[] extents, int[] positions) throws FormatException {
        String reduction = node.word("reduction", "none");
        if (!reduction.equals("none")) {
            throw node.unsupported("reduction", LayerNames.shorten(reduction));
        }
        int size = Shape.of(extents).size();
        String updates = list(2);
        if (steps.size(updates) != positions.length) {
            throw node.error("it has " + steps.size(updates) + " updates for " + positions.length + " elements");
        }
        node.reserve(size);
        int[] sources = new int[size];
        Arrays.setAll(sources, i -> i);
        for (int i = 0; i < positions.length; i++) {
            sources[positions[i]] = size + i;
        }
        define(steps.concat(List.of(list(0), updates), 0), sources, extents);
    }

    /** Returns an operand as one list of elements, none of which is another sample's. */
    private String list(int input) throws FormatException {
        Operand.Computed value = node.operand(input) instanceof ConstantTensor constant
                ? graph.constantValue(node, constant, constant.shape(), Operand.NO_BATCH)
                : BatchAxis.unbatched(node, graph, node.computed(input));
        return steps.reshape(value.value(), value.shape().size());
    }

    private void define(String list, int[] positions, int[] extents) throws FormatException {
        String value = steps.reshape(steps.gather(list, 0, positions), extents);
        graph.define(node, new Operand.Computed(value, graph.shape(value), Operand.NO_BATCH));
    }
}
