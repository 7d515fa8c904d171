package org.eiesim.models.onnx;

import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.TensorNode;

/** Element-wise functions and Softmax. */
final class ActivationOperators {
    /** From this version on, Softmax works on one axis; before, on all axes from one on together. */
    private static final int ONE_AXIS_OPSET = 13;

    private ActivationOperators() {}

    /** Returns the importer of an operator without attributes that applies a function to every element. */
    static OperatorImporter of(ActivationFunction function) {
        return (node, graph) -> add(node, graph, function, List.of());
    }

    /** Returns the importer of an operator with one attribute, {@code alpha}. */
    static OperatorImporter ofAlpha(ActivationFunction function, float absent) {
        return (node, graph) -> add(node, graph, function, List.of(node.number("alpha", absent)));
    }

    private static void add(OnnxNode node, GraphImport graph, ActivationFunction function, List<Float> coefficients)
            throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        Node activation = new Node.Activation(graph.name(node, null), input.value(), function, coefficients);
        graph.add(node, activation, input.batchAxis());
    }

    /** Imports HardSigmoid. */
    static void hardSigmoid(OnnxNode node, GraphImport graph) throws FormatException {
        List<Float> coefficients = List.of(node.number("alpha", 0.2f), node.number("beta", 0.5f));
        add(node, graph, ActivationFunction.HARD_SIGMOID, coefficients);
    }

    /** Imports Gelu. */
    static void gelu(OnnxNode node, GraphImport graph) throws FormatException {
        String approximation = node.word("approximate", "none");
        switch (approximation) {
            case "none" -> add(node, graph, ActivationFunction.GELU, List.of());
            case "tanh" -> add(node, graph, ActivationFunction.GELU_TANH, List.of());
            default -> throw node.unsupported("approximate", approximation);
        }
    }

    /** Imports Clip, its bounds attributes or constants; those that are absent do not bound. */
    static void clip(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 3);
        Operand.Computed input = node.computed(0);
        float low = bound(node, 1, node.number("min", -Float.MAX_VALUE));
        float high = bound(node, 2, node.number("max", Float.MAX_VALUE));
        Node clip =
                new Node.Activation(graph.name(node, null), input.value(), ActivationFunction.CLIP, List.of(low, high));
        graph.add(node, clip, input.batchAxis());
    }

    private static float bound(OnnxNode node, int index, float absent) throws FormatException {
        return node.hasInput(index) ? node.single(index).numbers()[0] : absent;
    }

    /** Imports Softmax; the axis is made the last one where it is not. */
    static void softmax(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        boolean oneAxis = graph.opset() >= ONE_AXIS_OPSET;
        int rank = input.onnxRank();
        int axis = node.axis("axis", oneAxis ? -1 : 1, rank);
        input = oneAxis || axis > input.batchAxis()
                ? BatchAxis.along(node, graph, input, axis)
                : BatchAxis.unbatched(node, graph, input);
        if (oneAxis) {
            graph.define(node, alongAxis(node, graph, input, axis));
            return;
        }
        int[] extents = input.onnxExtents();
        int[] rows = new int[axis + 1];
        System.arraycopy(extents, 0, rows, 0, axis);
        rows[axis] = 1;
        for (int i = axis; i < rank; i++) {
            rows[axis] *= extents[i];
        }
        if (rows[axis] == extents[rank - 1]) {
            graph.add(node, new Node.Softmax(graph.name(node, null), input.value()), input.batchAxis());
            return;
        }
        Operand.Computed flat = BatchAxis.reshaped(node, graph, input, rows, input.batchAxis());
        Operand.Computed softmax =
                graph.append(new Node.Softmax(graph.name(node, null), flat.value()), input.batchAxis());
        graph.define(node, BatchAxis.reshaped(node, graph, softmax, extents, input.batchAxis()));
    }

    private static Operand.Computed alongAxis(OnnxNode node, GraphImport graph, Operand.Computed input, int axis) {
        int rank = input.onnxRank();
        int[] extents = input.onnxExtents();
        boolean isLast = true;
        for (int i = axis + 1; i < rank; i++) {
            isLast &= extents[i] == 1;
        }
        if (isLast && axis == rank - 1) {
            return graph.append(new Node.Softmax(graph.name(node, null), input.value()), input.batchAxis());
        }
        int[] swap = new int[rank];
        for (int i = 0; i < rank; i++) {
            swap[i] = i == axis ? rank - 1 : i == rank - 1 ? axis : i;
        }
        Operand.Computed swapped = ShapeOperators.transposed(node, graph, input, swap, graph.part(node, "last"));
        Operand.Computed softmax =
                graph.append(new Node.Softmax(graph.name(node, null), swapped.value()), swapped.batchAxis());
        return ShapeOperators.transposed(node, graph, softmax, swap, graph.part(node, "back"));
    }

    /** Imports LogSoftmax: {@code x - max - log(sum(exp(x - max)))}. */
    static void logSoftmax(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        int rank = input.onnxRank();
        int axis = node.axis("axis", graph.opset() >= ONE_AXIS_OPSET ? -1 : 1, rank);
        if (graph.opset() < ONE_AXIS_OPSET && axis != rank - 1) {
            throw node.unsupported("axis", axis + " for a value of " + rank + " axes");
        }
        input = BatchAxis.along(node, graph, input, axis);
        List<Integer> axes = List.of(input.sampleAxis(axis));
        int batch = input.batchAxis();
        String max = graph.append(
                        new TensorNode.Reduction(
                                graph.part(node, "max"), input.value(), ReductionOperator.MAXIMUM, axes, true),
                        batch)
                .value();
        String centred = graph.append(
                        new Node.Arithmetic(
                                graph.part(node, "centred"), ArithmeticOperator.SUBTRACT, input.value(), max),
                        batch)
                .value();
        String exp = graph.append(new Node.Activation(graph.part(node, "exp"), centred, ActivationFunction.EXP), batch)
                .value();
        String sum = graph.append(
                        new TensorNode.Reduction(graph.part(node, "sum"), exp, ReductionOperator.SUM, axes, true),
                        batch)
                .value();
        String log = graph.append(new Node.Activation(graph.part(node, "log"), sum, ActivationFunction.LOG), batch)
                .value();
        graph.add(node, new Node.Arithmetic(graph.name(node, null), ArithmeticOperator.SUBTRACT, centred, log), batch);
    }
}
