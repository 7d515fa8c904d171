package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.number;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;

/** Functions that are made of others, as ONNX itself defines them. */
final class FunctionOperators {
    private static final float SELU_SCALE = 1.6732632f;
    private static final float SELU_FACTOR = 1.050701f;
    private static final float SHRINK_THRESHOLD = 0.5f;

    /** From this version on, Hardmax works on one axis; before, on all axes from one on together. */
    private static final int ONE_AXIS_OPSET = 13;

    private FunctionOperators() {}

    /** Imports Mish: {@code x tanh(log(1 + exp(x)))}. */
    static void mish(OnnxNode node, GraphImport graph) throws FormatException {
        String x = only(node);
        PlainNodes plain = new PlainNodes(node, graph);
        plain.end("Mul", List.of(x, plain.add("Tanh", List.of(plain.add("Softplus", List.of(x))))));
    }

    /** Imports Selu: {@code gamma elu(x)}. */
    static void selu(OnnxNode node, GraphImport graph) throws FormatException {
        String x = only(node);
        PlainNodes plain = new PlainNodes(node, graph);
        String elu = plain.add("Elu", List.of(x), number("alpha", node.number("alpha", SELU_SCALE)));
        plain.end("Mul", List.of(elu, plain.number(node.number("gamma", SELU_FACTOR))));
    }

    /** Imports Celu: {@code alpha elu(x / alpha)}. */
    static void celu(OnnxNode node, GraphImport graph) throws FormatException {
        String x = only(node);
        PlainNodes plain = new PlainNodes(node, graph);
        String alpha = plain.number(node.number("alpha", 1));
        String elu = plain.add("Elu", List.of(plain.add("Div", List.of(x, alpha))), number("alpha", 1));
        plain.end("Mul", List.of(elu, alpha));
    }

    /** Imports Swish: {@code x sigmoid(alpha x)}. */
    static void swish(OnnxNode node, GraphImport graph) throws FormatException {
        String x = only(node);
        PlainNodes plain = new PlainNodes(node, graph);
        float alpha = node.number("alpha", 1);
        String scaled = alpha == 1 ? x : plain.add("Mul", List.of(x, plain.number(alpha)));
        plain.end("Mul", List.of(x, plain.add("Sigmoid", List.of(scaled))));
    }

    /** Imports ThresholdedRelu: {@code x} where that is above {@code alpha}, else 0. */
    static void thresholdedRelu(OnnxNode node, GraphImport graph) throws FormatException {
        String x = only(node);
        PlainNodes plain = new PlainNodes(node, graph);
        String above = plain.add("Greater", List.of(x, plain.number(node.number("alpha", 1))));
        plain.end("Where", List.of(above, x, plain.number(0f)));
    }

    /** Imports Shrink: {@code x + bias} below {@code -lambd}, {@code x - bias} above {@code lambd}, 0 between. */
    static void shrink(OnnxNode node, GraphImport graph) throws FormatException {
        String x = only(node);
        PlainNodes plain = new PlainNodes(node, graph);
        float threshold = node.number("lambd", SHRINK_THRESHOLD);
        String bias = plain.number(node.number("bias", 0));
        String above = plain.add("Greater", List.of(x, plain.number(threshold)));
        String high = plain.add("Sub", List.of(x, bias));
        String middle = plain.add("Where", List.of(above, high, plain.number(0f)));
        String below = plain.add("Less", List.of(x, plain.number(-threshold)));
        plain.end("Where", List.of(below, plain.add("Add", List.of(x, bias)), middle));
    }

    /** Imports Mean of any number of operands. */
    static void mean(OnnxNode node, GraphImport graph) throws FormatException {
        PlainNodes plain = new PlainNodes(node, graph);
        List<String> inputs =
                IntStream.range(0, node.numInputs()).mapToObj(node::inputName).toList();
        String sum = plain.add("Sum", inputs);
        plain.end("Div", List.of(sum, plain.number((float) inputs.size())));
    }

    /** Imports CastLike. */
    static void castLike(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        node.ignore("saturate");
        new PlainNodes(node, graph)
                .end(
                        "Cast",
                        List.of(node.inputName(0)),
                        integer("to", node.type(1).getNumber()));
    }

    /** Imports Hardmax: 1 at the first of the largest values along the axis, else 0. */
    static void hardmax(OnnxNode node, GraphImport graph) throws FormatException {
        String x = only(node);
        int[] extents = PlainNodes.extents(node, 0);
        int axis = node.axis("axis", graph.opset() >= ONE_AXIS_OPSET ? -1 : 1, extents.length);
        if (graph.opset() < ONE_AXIS_OPSET && axis != extents.length - 1) {
            throw node.unsupported("axis", axis + " for a value of " + extents.length + " axes");
        }
        PlainNodes plain = new PlainNodes(node, graph);
        String position = plain.add("ArgMax", List.of(x), integer("axis", axis), integer("keepdims", 1));
        String truth = plain.add("Equal", List.of(position, counted(plain, node, extents, axis)));
        plain.end("Cast", List.of(truth), integer("to", node.type(0).getNumber()));
    }

    /** Adds 0, 1, 2, ... along an axis, ready to be repeated along the others. */
    private static String counted(PlainNodes plain, OnnxNode node, int[] extents, int axis) throws FormatException {
        int[] one = extents.clone();
        Arrays.fill(one, 1);
        one[axis] = extents[axis];
        node.reserve(extents[axis]);
        long[] positions = IntStream.range(0, extents[axis]).asLongStream().toArray();
        return plain.constant(ConstantTensor.of(node.output() + ".positions", one, positions));
    }

    /** Imports OneHot with constant depth and values; indices beyond the depth yield no hot value. */
    static void oneHot(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 3);
        PlainNodes plain = new PlainNodes(node, graph);
        float depth = node.single(1).numbers()[0];
        float[] values = node.constant(2).numbers();
        int rank = PlainNodes.extents(node, 0).length;
        int axis = node.axis("axis", -1, rank + 1);
        if (!(depth >= 1 && depth <= Integer.MAX_VALUE) || values.length != 2) {
            throw node.error("its depth " + depth + " must be at least 1, and its values two");
        }
        String indices = node.inputName(0);
        String fromEnd = plain.add("Add", List.of(indices, plain.number(depth)));
        String isNegative = plain.add("Less", List.of(indices, plain.number(0f)));
        String positive = plain.add("Where", List.of(isNegative, fromEnd, indices));
        String column = graph.opset() >= ONE_AXIS_OPSET
                ? plain.add("Unsqueeze", List.of(positive, plain.list(axis)))
                : plain.add("Unsqueeze", List.of(positive), GraphExport.integers("axes", axis));
        int[] extents = new int[rank + 1];
        extents[axis] = (int) depth;
        String truth = plain.add("Equal", List.of(column, counted(plain, node, extents, axis)));
        plain.end("Where", List.of(truth, plain.number(values[1]), plain.number(values[0])));
    }

    /** Imports Trilu with a constant diagonal: a choice by a mask. */
    static void trilu(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 2);
        int[] extents = PlainNodes.extents(node, 0);
        if (extents.length < 2) {
            throw node.error("its input must have at least 2 axes");
        }
        boolean isUpper = node.integer("upper", 1) != 0;
        long diagonal = node.hasInput(1) ? node.single(1).integers()[0] : 0;
        int rows = extents[extents.length - 2];
        int columns = extents[extents.length - 1];
        node.reserve((long) rows * columns);
        long[] mask = new long[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < mask.length; i++) {
            long distance = i % columns - i / columns - diagonal;
            mask[i] = (isUpper ? distance >= 0 : distance <= 0) ? 1 : 0;
        }
        PlainNodes plain = new PlainNodes(node, graph);
        String kept = plain.constant(ConstantTensor.of(node.output() + ".mask", new int[] {rows, columns}, mask));
        plain.end("Where", List.of(kept, node.inputName(0), plain.number(0f)));
    }

    private static String only(OnnxNode node) throws FormatException {
        node.requireInputs(1, 1);
        return node.inputName(0);
    }
}
