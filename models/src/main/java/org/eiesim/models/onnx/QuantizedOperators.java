package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/**
 * Operators on quantised values, which are whole numbers in the network too: {@code q = clip(round(x / scale) + zero)},
 * halves to even, within what the type can hold. A product of them is one of whole numbers, exact up to 2^24.
 */
final class QuantizedOperators {
    /** The quantised values of DynamicQuantizeLinear are 0..255. */
    private static final float DYNAMIC_MOST = 255;

    private final OnnxNode node;
    private final GraphImport graph;

    private QuantizedOperators(OnnxNode node, GraphImport graph) {
        this.node = node;
        this.graph = graph;
    }

    /** Imports QuantizeLinear of a computed value, with one scale or one per position on an axis. */
    static void quantize(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        node.ignore("saturate", "output_dtype", "precision");
        requireNoBlocks(node);
        QuantizedOperators operators = new QuantizedOperators(node, graph);
        Operand.Computed input = node.computed(0);
        int axis = operators.axis(input);
        Operand scale = operators.along(input.onnxExtents(), axis, 1);
        Operand.Computed steps = operators.combined(ArithmeticOperator.DIVIDE, input, scale);
        graph.define(node, operators.quantized(steps, 2, axis, node.type(2)));
    }

    private static void requireNoBlocks(OnnxNode node) throws FormatException {
        long size = node.integer("block_size", 0);
        if (size != 0) {
            throw node.unsupported("block_size", size);
        }
    }

    /** Returns the axis along which scales differ; any where there is one scale. */
    private int axis(Operand.Computed value) throws FormatException {
        boolean isOne = !(node.operand(1) instanceof ConstantTensor scale)
                || scale.extents().length == 0
                || Shape.of(scale.extents()).size() == 1;
        long given = node.integer("axis", 1);
        return isOne ? 0 : node.axis("axis", given, value.onnxRank(), 1);
    }

    /** Returns an operand of one number, or of one per position on an axis, ready to be repeated along the others. */
    private Operand along(int[] extents, int axis, int input) throws FormatException {
        if (node.operand(input) instanceof Operand.Computed computed) {
            if (computed.shape().size() != 1) {
                throw node.error("input " + input + " (from 0) is computed and has "
                        + computed.shape().size() + " values; only one is supported here");
            }
            return computed;
        }
        float[] values = node.constant(input).numbers();
        if (values.length == 1) {
            return ArithmeticOperators.scalar(node, values[0]);
        }
        int[] row = new int[extents.length];
        Arrays.fill(row, 1);
        if (axis >= row.length
                || node.constant(input).extents().length != 1
                || values.length != declared(extents, axis)) {
            throw node.error("input " + input + " (from 0) has " + values.length
                    + " values; only one, or one per position on its axis, are supported here");
        }
        row[axis] = values.length;
        return ConstantTensor.of(node.output(), row, values);
    }

    /** A batch that was cut has as many positions as the file says. */
    private int declared(int[] extents, int axis) throws FormatException {
        return node.operand(0) instanceof Operand.Computed value && value.batchAxis() == axis
                ? graph.batches().declaredExtents(value)[axis]
                : extents[axis];
    }

    /** Rounds steps, adds the zero point and keeps to what the type can hold; without a zero point that is 0. */
    private Operand.Computed quantized(Operand.Computed steps, int zeroInput, int axis, DataType zeroType)
            throws FormatException {
        DataType type = zeroType;
        if (type == DataType.UNDEFINED) {
            type = node.hasInput(zeroInput)
                    ? node.constant(zeroInput).type()
                    : graph.types().of(node.output());
        }
        float least;
        float most;
        switch (type) {
            case INT8 -> {
                least = Byte.MIN_VALUE;
                most = Byte.MAX_VALUE;
            }
            case INT16 -> {
                least = Short.MIN_VALUE;
                most = Short.MAX_VALUE;
            }
            case UINT8 -> {
                least = 0;
                most = 0xFF;
            }
            case UINT16 -> {
                least = 0;
                most = 0xFFFF;
            }
            default -> throw node.error("quantised values of type " + type + " are not supported");
        }
        Operand.Computed whole = function("whole", steps, ActivationFunction.ROUND);
        Operand.Computed moved = shifted(whole, ArithmeticOperator.ADD, zeroInput, axis);
        return function("range", moved, ActivationFunction.CLIP, least, most);
    }

    private Operand.Computed function(
            String name, Operand.Computed value, ActivationFunction function, Float... coefficients) {
        return graph.append(
                new Node.Activation(graph.part(node, name), value.value(), function, List.of(coefficients)),
                value.batchAxis());
    }

    private Operand.Computed combined(ArithmeticOperator operator, Operand left, Operand right) throws FormatException {
        return ArithmeticOperators.combined(node, graph, operator, left, right);
    }

    private Operand.Computed combined(ArithmeticOperator operator, Operand left, float right) throws FormatException {
        return combined(operator, left, ArithmeticOperators.scalar(node, right));
    }

    /** Adds the zero point to a value or takes it off, where there is one other than 0. */
    private Operand.Computed shifted(Operand.Computed value, ArithmeticOperator operator, int zeroInput, int axis)
            throws FormatException {
        if (!node.hasInput(zeroInput)) {
            return value;
        }
        Operand zero = along(value.onnxExtents(), axis, zeroInput);
        boolean isZero = zero instanceof ConstantTensor constant
                && Arrays.equals(constant.numbers(), new float[constant.shape().size()]);
        return isZero ? value : combined(operator, value, zero);
    }

    /** Imports DequantizeLinear of a computed value. */
    static void dequantize(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        node.ignore("output_dtype");
        requireNoBlocks(node);
        QuantizedOperators operators = new QuantizedOperators(node, graph);
        Operand.Computed value = node.computed(0);
        int axis = operators.axis(value);
        Operand.Computed centred = operators.shifted(value, ArithmeticOperator.SUBTRACT, 2, axis);
        Operand scale = operators.along(value.onnxExtents(), axis, 1);
        graph.define(node, operators.combined(ArithmeticOperator.MULTIPLY, centred, scale));
    }

    /** Computes DequantizeLinear of a constant. */
    static ConstantTensor dequantizeConstant(OnnxNode node, String name) throws FormatException {
        node.requireInputs(2, 3);
        requireNoBlocks(node);
        node.ignore("output_dtype");
        ConstantTensor constant = node.constant(0);
        int[] extents = constant.extents();
        int axis = node.constant(1).extents().length == 0 ? 0 : node.axis("axis", 1, Math.max(1, extents.length));
        node.ignore("axis");
        return ConstantTensor.of(name, extents, real(node, constant, 1, 2, axis));
    }

    /** Returns {@code (values - zero) * scale}, scale and zero being one, or one per position on an axis. */
    private static float[] real(OnnxNode node, ConstantTensor constant, int scaleInput, int zeroInput, int axis)
            throws FormatException {
        float[] scales =
                scaleInput < 0 ? new float[] {1} : node.constant(scaleInput).floats();
        float[] zeros = node.hasInput(zeroInput) ? node.constant(zeroInput).numbers() : new float[] {0};
        float[] values = constant.numbers();
        int[] extents = constant.extents();
        int inner = 1;
        for (int i = axis + 1; i < extents.length; i++) {
            inner *= extents[i];
        }
        int extent = extents.length == 0 ? 1 : extents[axis];
        if ((scales.length != 1 && scales.length != extent) || (zeros.length != 1 && zeros.length != extent)) {
            throw node.error(
                    scales.length + " scales and " + zeros.length + " zero points do not fit an extent of " + extent);
        }
        for (int i = 0; i < values.length; i++) {
            int at = i / inner % extent;
            values[i] = (values[i] - zeros[zeros.length == 1 ? 0 : at]) * scales[scales.length == 1 ? 0 : at];
        }
        return values;
    }

    /**
     * Imports DynamicQuantizeLinear: {@code scale = (max(x, 0) - min(x, 0)) / 255}, {@code zero = round(-min(x, 0) /
     * scale)}, over all of the value. Of a batch that is left open, each sample has its own, as in a batch of one.
     */
    static void dynamicQuantize(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        new QuantizedOperators(node, graph).dynamicQuantize();
    }

    private void dynamicQuantize() throws FormatException {
        Operand.Computed input = node.computed(0);
        boolean isOpen = input.batchAxis() != Operand.NO_BATCH
                && graph.batches().isCut(input.value())
                && graph.batches().extent(input.value()) == Batches.OPEN;
        Operand.Computed whole = isOpen ? input : BatchAxis.unbatched(node, graph, input);
        Operand.Computed highest =
                combined(ArithmeticOperator.MAXIMUM, reduced(whole, ReductionOperator.MAXIMUM, isOpen), 0);
        Operand.Computed lowest =
                combined(ArithmeticOperator.MINIMUM, reduced(whole, ReductionOperator.MINIMUM, isOpen), 0);
        Operand.Computed range = combined(ArithmeticOperator.SUBTRACT, highest, lowest);
        Operand.Computed scale = combined(ArithmeticOperator.DIVIDE, range, DYNAMIC_MOST);
        // A scale of 0, where all values are 0, is one of 1.
        Operand.Computed step = combined(ArithmeticOperator.ADD, scale, combined(ArithmeticOperator.EQUAL, scale, 0));
        Operand.Computed below = combined(ArithmeticOperator.MULTIPLY, lowest, -1);
        Operand.Computed least = combined(ArithmeticOperator.DIVIDE, below, step);
        Operand.Computed zero = function(
                "zero", function("whole", least, ActivationFunction.ROUND), ActivationFunction.CLIP, 0f, DYNAMIC_MOST);
        Operand.Computed steps = combined(ArithmeticOperator.DIVIDE, input, step);
        Operand.Computed moved =
                combined(ArithmeticOperator.ADD, function("whole", steps, ActivationFunction.ROUND), zero);
        graph.define(node, 0, function("range", moved, ActivationFunction.CLIP, 0f, DYNAMIC_MOST));
        graph.define(node, 1, step);
        graph.define(node, 2, zero);
    }

    private Operand.Computed reduced(Operand.Computed value, ReductionOperator operator, boolean keep) {
        List<Integer> axes = IntStream.range(0, value.shape().rank()).boxed().toList();
        return axes.isEmpty()
                ? value
                : graph.append(
                        new TensorNode.Reduction(graph.part(node, "extreme"), value.value(), operator, axes, keep),
                        value.batchAxis());
    }

    /** Imports MatMulInteger. */
    static void matMulInteger(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 4);
        graph.define(node, new QuantizedOperators(node, graph).product(0, 2, 1, 3));
    }

    /** Multiplies two matrices of whole numbers without their zero points; a constant one is a layer's weights. */
    private Operand.Computed product(int left, int leftZero, int right, int rightZero) throws FormatException {
        if (node.operand(right) instanceof ConstantTensor constant) {
            Operand.Computed rows = node.computed(left);
            Operand.Computed input = shifted(rows, ArithmeticOperator.SUBTRACT, leftZero, rows.onnxRank() - 2);
            int last = Math.max(0, constant.extents().length - 1);
            return DenseOperators.multiplied(node, graph, input, constant.name(), centred(constant, rightZero, last));
        }
        Operand.Computed columns = node.computed(right);
        Operand.Computed input = shifted(columns, ArithmeticOperator.SUBTRACT, rightZero, columns.onnxRank() - 1);
        if (node.operand(left) instanceof ConstantTensor constant) {
            int rowAxis = Math.max(0, constant.extents().length - 2);
            return ConstantProduct.ofLeft(node, graph, centred(constant, leftZero, rowAxis), input);
        }
        Operand.Computed rows = node.computed(left);
        Operand.Computed centred = shifted(rows, ArithmeticOperator.SUBTRACT, leftZero, rows.onnxRank() - 2);
        return MatrixOperands.multiplied(node, graph, centred, input);
    }

    private ConstantTensor centred(ConstantTensor constant, int zeroInput, int axis) throws FormatException {
        return ConstantTensor.of(constant.name(), constant.extents(), real(node, constant, -1, zeroInput, axis));
    }

    /** Imports ConvInteger with constant weights. */
    static void convInteger(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 4);
        graph.define(node, new QuantizedOperators(node, graph).convolution(2, 1, 3, null));
    }

    private Operand.Computed convolution(int zeroInput, int weightInput, int weightZero, @Nullable Tensor bias)
            throws FormatException {
        Operand.Computed input = shifted(node.computed(0), ArithmeticOperator.SUBTRACT, zeroInput, 1);
        ConstantTensor constant = node.constant(weightInput);
        Tensor weight = new Tensor(constant.shape(), real(node, constant, -1, weightZero, 0));
        return WindowOperators.convolution(node, graph, input, constant.name(), weight, bias);
    }

    /** Imports QLinearMatMul. */
    static void qLinearMatMul(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(8, 8);
        QuantizedOperators operators = new QuantizedOperators(node, graph);
        Operand.Computed product = operators.product(0, 2, 3, 5);
        graph.define(node, operators.rescaled(product, product.onnxRank() - 1));
    }

    /** Imports QLinearConv, whose bias is of whole numbers as the products are. */
    static void qLinearConv(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(8, 9);
        QuantizedOperators operators = new QuantizedOperators(node, graph);
        Tensor bias = node.hasInput(8)
                ? new Tensor(node.constant(8).shape(), node.constant(8).numbers())
                : null;
        graph.define(node, operators.rescaled(operators.convolution(2, 3, 5, bias), 1));
    }

    /** Quantises products of whole numbers anew; weights may have a scale per output, which lie on an axis. */
    private Operand.Computed rescaled(Operand.Computed product, int axis) throws FormatException {
        float inputScale = node.single(1).floats()[0];
        float outputScale = node.single(6).floats()[0];
        float[] factors = node.constant(4).floats();
        for (int i = 0; i < factors.length; i++) {
            factors[i] = inputScale * factors[i] / outputScale;
        }
        int[] row = new int[factors.length == 1 ? 0 : product.onnxRank()];
        Arrays.fill(row, 1);
        if (factors.length != 1) {
            row[axis] = factors.length;
        }
        ConstantTensor factor = ConstantTensor.of(node.output(), row, factors);
        Operand.Computed steps = combined(ArithmeticOperator.MULTIPLY, product, factor);
        return quantized(steps, 7, 0, node.type(7));
    }
}
