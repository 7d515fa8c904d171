package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Operators on quantised values, imported as what they mean for real values: a quantised value is carried as the real
 * one, a whole number of steps (halves to even) within what its type can hold; integer weights become real ones.
 */
final class QuantizedOperators {
    private QuantizedOperators() {}

    /** Imports QuantizeLinear of a computed value with one scale. */
    static void quantize(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        node.ignore("axis", "saturate", "block_size", "output_dtype");
        Operand.Computed input = node.computed(0);
        graph.define(node, bounded(node, graph, input, 1, 2));
    }

    /** Rounds a real value to steps, bounds it by the range of its quantised form and marks it as quantised. */
    private static Operand.Computed bounded(
            OnnxNode node, GraphImport graph, Operand.Computed value, int scaleInput, int zeroInput)
            throws FormatException {
        float scale = scalar(node, scaleInput);
        DataType type = node.hasInput(zeroInput) ? node.constant(zeroInput).type() : DataType.UINT8;
        long zero = node.hasInput(zeroInput) ? (long) scalar(node, zeroInput) : 0;
        long least = type == DataType.INT8 ? Byte.MIN_VALUE : type == DataType.INT16 ? Short.MIN_VALUE : 0;
        long most = switch (type) {
            case INT8 -> Byte.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case UINT8 -> 0xFF;
            case UINT16 -> 0xFFFF;
            default -> throw node.error("quantised values of type " + type + " are not supported");
        };
        ConstantTensor step = ArithmeticOperators.scalar(node, scale);
        Operand.Computed steps = ArithmeticOperators.combined(node, graph, ArithmeticOperator.DIVIDE, value, step);
        List<Float> range = List.of((float) (least - zero), (float) (most - zero));
        Node clip = new Node.Activation(graph.part(node, "range"), steps.value(), ActivationFunction.CLIP, range);
        Operand.Computed clipped = graph.append(clip, steps.batchAxis());
        Node round = new Node.Activation(graph.part(node, "whole"), clipped.value(), ActivationFunction.ROUND);
        Operand.Computed whole = graph.append(round, clipped.batchAxis());
        Operand.Computed real = ArithmeticOperators.combined(node, graph, ArithmeticOperator.MULTIPLY, whole, step);
        return new Operand.Computed(real.value(), real.shape(), real.batchAxis(), scale);
    }

    private static float scalar(OnnxNode node, int input) throws FormatException {
        float[] values = node.constant(input).numbers();
        if (values.length != 1) {
            throw node.error("input " + input + " (from 0) has " + values.length
                    + " values; only one for the whole value is supported here");
        }
        return values[0];
    }

    /** Imports DequantizeLinear of a computed value. */
    static void dequantize(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        node.ignore("axis", "block_size");
        graph.define(node, real(node, graph, 0, 1, 2));
    }

    /** Returns the real value of a quantised operand. */
    private static Operand.Computed real(OnnxNode node, GraphImport graph, int input, int scaleInput, int zeroInput)
            throws FormatException {
        Operand.Computed value = node.computed(input);
        if (value.scale() != Operand.NOT_QUANTIZED) {
            return new Operand.Computed(value.value(), value.shape(), value.batchAxis());
        }
        // Integers that come from outside: (x - zero) * scale.
        Operand.Computed centred = withoutZero(node, graph, value, zeroInput);
        return ArithmeticOperators.combined(
                node,
                graph,
                ArithmeticOperator.MULTIPLY,
                centred,
                ArithmeticOperators.scalar(node, scalar(node, scaleInput)));
    }

    private static Operand.Computed withoutZero(OnnxNode node, GraphImport graph, Operand.Computed value, int zeroInput)
            throws FormatException {
        float zero = node.hasInput(zeroInput) ? scalar(node, zeroInput) : 0;
        return zero == 0
                ? value
                : ArithmeticOperators.combined(
                        node, graph, ArithmeticOperator.SUBTRACT, value, ArithmeticOperators.scalar(node, zero));
    }

    /** Computes DequantizeLinear of a constant. */
    static ConstantTensor dequantizeConstant(OnnxNode node, String name) throws FormatException {
        node.requireInputs(2, 3);
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

    /** Imports DynamicQuantizeLinear: the real value, quantised with a scale of 1 and a zero point of 0. */
    static void dynamicQuantize(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        graph.define(node, new Operand.Computed(input.value(), input.shape(), input.batchAxis(), 1));
        graph.define(node, 1, ArithmeticOperators.scalar(node, 1));
        graph.define(node, 2, ConstantTensor.of(node.output(), new int[0], new long[1]));
    }

    /** Imports MatMulInteger with constant weights. */
    static void matMulInteger(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 4);
        Operand.Computed input = integers(node, graph, 2);
        ConstantTensor constant = node.constant(1);
        float[] weights = real(node, constant, -1, 3, Math.max(0, constant.extents().length - 1));
        DenseOperators.product(node, graph, input, constant.name(), stepped(input, constant, weights));
    }

    /** Imports ConvInteger with constant weights. */
    static void convInteger(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 4);
        Operand.Computed input = integers(node, graph, 2);
        ConstantTensor constant = node.constant(1);
        ConstantTensor weights = stepped(input, constant, real(node, constant, -1, 3, 0));
        Tensor weight = new Tensor(weights.shape(), weights.floats());
        graph.define(node, WindowOperators.convolution(node, graph, input, constant.name(), weight, null));
    }

    /** Returns the first operand in real values, or in integers without their zero point where it comes from outside. */
    private static Operand.Computed integers(OnnxNode node, GraphImport graph, int zeroInput) throws FormatException {
        Operand.Computed value = node.computed(0);
        return value.scale() == Operand.NOT_QUANTIZED ? withoutZero(node, graph, value, zeroInput) : value;
    }

    /** A product of integers counts steps: real inputs are divided by the step, here in the weights. */
    private static ConstantTensor stepped(Operand.Computed input, ConstantTensor constant, float[] weights)
            throws FormatException {
        if (input.scale() != Operand.NOT_QUANTIZED) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] /= input.scale();
            }
        }
        return ConstantTensor.of(constant.name(), constant.extents(), weights);
    }

    /** Imports QLinearMatMul with constant weights. */
    static void qLinearMatMul(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(8, 8);
        Operand.Computed input = real(node, graph, 0, 1, 2);
        ConstantTensor constant = node.constant(3);
        float[] weights = real(node, constant, 4, 5, Math.max(0, constant.extents().length - 1));
        ConstantTensor weight = ConstantTensor.of(constant.name(), constant.extents(), weights);
        Operand.Computed product = DenseOperators.multiplied(node, graph, input, constant.name(), weight);
        graph.define(node, bounded(node, graph, product, 6, 7));
    }

    /** Imports QLinearConv. */
    static void qLinearConv(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(8, 9);
        Operand.Computed input = real(node, graph, 0, 1, 2);
        ConstantTensor constant = node.constant(3);
        Tensor weight = new Tensor(constant.shape(), real(node, constant, 4, 5, 0));
        Operand.Computed product = WindowOperators.convolution(node, graph, input, constant.name(), weight, bias(node));
        graph.define(node, bounded(node, graph, product, 6, 7));
    }

    /** The bias counts steps of the product: input scale times weight scale. */
    private static @Nullable Tensor bias(OnnxNode node) throws FormatException {
        if (!node.hasInput(8)) {
            return null;
        }
        float[] values = node.constant(8).numbers();
        float[] scales = node.constant(4).floats();
        float inputScale = scalar(node, 1);
        for (int i = 0; i < values.length; i++) {
            values[i] *= inputScale * scales[scales.length == 1 ? 0 : i];
        }
        return new Tensor(Shape.of(values.length), values);
    }
}
