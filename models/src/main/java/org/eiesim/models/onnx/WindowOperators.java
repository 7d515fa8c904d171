package org.eiesim.models.onnx;

import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/** Convolution and pooling of images. */
final class WindowOperators {
    private WindowOperators() {}

    /** Imports Conv. */
    static void conv(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        ConstantTensor constant = node.constant(1);
        Tensor weight = new Tensor(constant.shape(), constant.floats());
        Tensor bias = node.hasInput(2) ? vector(node.constant(2)) : null;
        graph.define(node, convolution(node, graph, image(node, node.computed(0)), constant.name(), weight, bias));
    }

    private static Tensor vector(ConstantTensor constant) throws FormatException {
        return new Tensor(constant.shape(), constant.floats());
    }

    /** Adds the convolution that a node's attributes describe. */
    static Operand.Computed convolution(
            OnnxNode node,
            GraphImport graph,
            Operand.Computed input,
            String weightName,
            Tensor weight,
            @Nullable Tensor bias)
            throws FormatException {
        image(node, input);
        if (weight.shape().rank() != 4) {
            throw node.error("its weight must have 4 axes, not "
                    + weight.shape().rank() + "; only two-dimensional convolution is supported");
        }
        int[] kernel = {weight.shape().extent(2), weight.shape().extent(3)};
        List<Long> declared = node.integers("kernel_shape");
        if (declared != null && !declared.equals(List.of((long) kernel[0], (long) kernel[1]))) {
            throw node.error("attribute kernel_shape = " + declared + " differs from its weight's " + kernel[0] + ", "
                    + kernel[1]);
        }
        Window window = window(node, input.shape(), kernel);
        long groups = node.integer("group", 1);
        if (groups < 1 || groups > weight.shape().extent(0)) {
            throw node.unsupported("group", groups);
        }
        return graph.append(
                new Node.Convolution(graph.name(node, weightName), input.value(), weight, bias, window, (int) groups),
                0);
    }

    /** Imports MaxPool. */
    static void maxPool(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireOneOutput();
        node.ignore("storage_order");
        pool(node, graph, Node.Pooling.Kind.MAXIMUM, false);
    }

    /** Imports AveragePool. */
    static void averagePool(OnnxNode node, GraphImport graph) throws FormatException {
        pool(node, graph, Node.Pooling.Kind.AVERAGE, node.integer("count_include_pad", 0) != 0);
    }

    private static void pool(OnnxNode node, GraphImport graph, Node.Pooling.Kind kind, boolean countPadding)
            throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = image(node, node.computed(0));
        List<Long> kernel = node.integers("kernel_shape");
        if (kernel == null || kernel.size() != 2) {
            throw node.error("attribute kernel_shape = " + kernel + " must have 2 numbers");
        }
        Window window = window(node, input.shape(), new int[] {positive(node, kernel, 0), positive(node, kernel, 1)});
        boolean roundUp = node.integer("ceil_mode", 0) != 0;
        graph.define(
                node,
                scaled(
                        graph.append(
                                new Node.Pooling(
                                        graph.name(node, null), input.value(), kind, window, roundUp, countPadding),
                                0),
                        input.scale()));
    }

    private static Operand.Computed scaled(Operand.Computed value, float scale) {
        return new Operand.Computed(value.value(), value.shape(), value.batchAxis(), scale);
    }

    /** Returns the importer of a pooling over whole planes. */
    static OperatorImporter global(Node.Pooling.Kind kind) {
        return (node, graph) -> {
            node.requireInputs(1, 1);
            Operand.Computed input = image(node, node.computed(0));
            Window window = new Window(input.shape().extent(1), input.shape().extent(2), 1, 1, 0, 0, 0, 0, 1, 1);
            graph.define(
                    node,
                    scaled(
                            graph.append(
                                    new Node.Pooling(graph.name(node, null), input.value(), kind, window, false, false),
                                    0),
                            input.scale()));
        };
    }

    private static Operand.Computed image(OnnxNode node, Operand.Computed input) throws FormatException {
        if (input.onnxRank() != 4 || input.batchAxis() != 0) {
            throw node.error("its input must have the axes batch, channels, height, width, not " + input.onnxRank()
                    + " axes" + (input.batchAxis() == 0 ? "" : " without a batch"));
        }
        return input;
    }

    private static Window window(OnnxNode node, Shape image, int[] kernel) throws FormatException {
        int[] strides = pair(node, "strides", 1);
        int[] dilations = pair(node, "dilations", 1);
        String padding = node.word("auto_pad", "NOTSET");
        int[] pads = switch (padding) {
            case "NOTSET" -> pads(node);
            case "VALID" -> new int[4];
            case "SAME_UPPER", "SAME_LOWER" -> same(image, kernel, strides, dilations, padding.equals("SAME_LOWER"));
            default -> throw node.unsupported("auto_pad", padding);
        };
        if (!padding.equals("NOTSET")) {
            node.ignore("pads");
        }
        return new Window(
                kernel[0],
                kernel[1],
                strides[0],
                strides[1],
                pads[0],
                pads[1],
                pads[2],
                pads[3],
                dilations[0],
                dilations[1]);
    }

    /** Pads so that the output has the input's extent over the stride, rounded up. */
    private static int[] same(Shape image, int[] kernel, int[] strides, int[] dilations, boolean lower) {
        int[] pads = new int[4];
        for (int axis = 0; axis < 2; axis++) {
            int extent = image.extent(axis + 1);
            int outputs = (extent + strides[axis] - 1) / strides[axis];
            int span = dilations[axis] * (kernel[axis] - 1) + 1;
            int total = Math.max(0, (outputs - 1) * strides[axis] + span - extent);
            pads[axis] = lower ? total - total / 2 : total / 2;
            pads[axis + 2] = total - pads[axis];
        }
        return pads;
    }

    private static int[] pads(OnnxNode node) throws FormatException {
        List<Long> pads = node.integers("pads");
        if (pads == null) {
            return new int[4];
        }
        if (pads.size() != 4 || pads.stream().anyMatch(pad -> pad < 0 || pad > Short.MAX_VALUE)) {
            throw node.unsupported("pads", pads);
        }
        return pads.stream().mapToInt(Math::toIntExact).toArray();
    }

    private static int[] pair(OnnxNode node, String attribute, int absent) throws FormatException {
        List<Long> values = node.integers(attribute);
        if (values == null) {
            return new int[] {absent, absent};
        }
        if (values.size() != 2) {
            throw node.unsupported(attribute, values);
        }
        return new int[] {positive(node, values, 0), positive(node, values, 1)};
    }

    private static int positive(OnnxNode node, List<Long> values, int index) throws FormatException {
        long value = values.get(index);
        if (value < 1 || value > Short.MAX_VALUE) {
            throw node.error("its window or stride of " + value + " is not supported");
        }
        return (int) value;
    }
}
