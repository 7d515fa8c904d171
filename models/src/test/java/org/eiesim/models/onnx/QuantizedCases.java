package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.OperatorAgreementTest.bytes;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.eiesim.models.onnx.OperatorAgreementTest.Model;

/** Random quantised models: whole numbers, so that nothing but the last scale is rounded. */
final class QuantizedCases {
    private static final float INPUT_STEP = 0.02f;
    private static final float WEIGHT_STEP = 0.01f;
    private static final float OUTPUT_STEP = 0.05f;

    private QuantizedCases() {}

    static void quantizeDequantize(Model model) {
        model.input("x", 9);
        quantizedInput(model, model.coin());
        model.node("DequantizeLinear", List.of("q", "input_step", "input_zero"));
    }

    /** Adds q, the input quantised; of unsigned values only some are positive enough not to be cut off. */
    private static void quantizedInput(Model model, boolean signed) {
        int type = signed ? DataType.INT8_VALUE : DataType.UINT8_VALUE;
        model.onnx.floats("input_step", new float[] {INPUT_STEP});
        model.onnx.tensor(bytes("input_zero", type, new int[] {signed ? 3 : 120}));
        model.onnx.node("QuantizeLinear", "quantize", List.of("x", "input_step", "input_zero"), "q");
    }

    private static int[] integers(Model model, int count) {
        return model.random.ints(count, -100, 100).toArray();
    }

    private static void weights(Model model, int count, long... extents) {
        model.onnx.tensor(bytes("w", DataType.INT8_VALUE, integers(model, count), extents));
        model.onnx.floats("weight_step", new float[] {WEIGHT_STEP});
        model.onnx.tensor(bytes("weight_zero", DataType.INT8_VALUE, new int[] {0}));
        model.onnx.floats("output_step", new float[] {OUTPUT_STEP});
        model.onnx.tensor(bytes("output_zero", DataType.UINT8_VALUE, new int[] {100}));
    }

    static void matMul(Model model) {
        model.input("x", 5);
        quantizedInput(model, false);
        weights(model, 15, 5, 3);
        model.onnx.node(
                "QLinearMatMul",
                "product",
                List.of(
                        "q",
                        "input_step",
                        "input_zero",
                        "w",
                        "weight_step",
                        "weight_zero",
                        "output_step",
                        "output_zero"),
                "p");
        model.node("DequantizeLinear", List.of("p", "output_step", "output_zero"));
    }

    static void convolution(Model model) {
        model.input("x", 2, 5, 5);
        quantizedInput(model, false);
        weights(model, 3 * 2 * 9, 3, 2, 3, 3);
        model.onnx.tensor(bytes("bias", DataType.INT32_VALUE, integers(model, 3), 3));
        model.onnx.node(
                "QLinearConv",
                "conv",
                List.of(
                        "q",
                        "input_step",
                        "input_zero",
                        "w",
                        "weight_step",
                        "weight_zero",
                        "output_step",
                        "output_zero",
                        "bias"),
                "c");
        model.node("DequantizeLinear", List.of("c", "output_step", "output_zero"));
    }

    static void matMulInteger(Model model) {
        model.input("x", 5);
        model.node("DynamicQuantizeLinear", List.of("x"), List.of("q", "step", "zero"));
        weights(model, 15, 5, 3);
        model.onnx.node("MatMulInteger", "product", List.of("q", "w", "zero", "weight_zero"), "p");
        rescale(model);
    }

    static void convInteger(Model model) {
        model.input("x", 2, 4, 4);
        model.node("DynamicQuantizeLinear", List.of("x"), List.of("q", "step", "zero"));
        model.onnx.tensor(
                bytes("w", DataType.UINT8_VALUE, model.random.ints(12, 0, 200).toArray(), 3, 2, 1, 2));
        model.onnx.floats("weight_step", new float[] {WEIGHT_STEP});
        model.onnx.tensor(bytes("weight_zero", DataType.UINT8_VALUE, new int[] {100}));
        model.onnx.node("ConvInteger", "product", List.of("q", "w", "zero", "weight_zero"), "p");
        rescale(model);
    }

    private static void rescale(Model model) {
        model.onnx.node("Cast", "cast", List.of("p"), "f", GraphExport.integer("to", DataType.FLOAT_VALUE));
        model.onnx.node("Mul", "steps", List.of("step", "weight_step"), "scale");
        model.node("Mul", List.of("f", "scale"));
    }
}
