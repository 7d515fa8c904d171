package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.OperatorAgreementTest.bytes;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eiesim.models.onnx.OperatorAgreementTest.Composer;
import org.eiesim.models.onnx.OperatorAgreementTest.Model;
import org.junit.jupiter.api.Named;

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

    /** Quantised values that are read as the whole numbers they are, and operators of ONNX Runtime's own on them. */
    static Stream<Named<Composer>> operators() {
        List<Named<Composer>> cases = new ArrayList<>();
        OperatorCases.add(cases, "Quantised per channel", QuantizedCases::perChannel);
        OperatorCases.add(cases, "Quantised, as whole numbers", model -> {
            model.scaledInput("x", 1, 2, 9);
            quantizedInput(model, model.coin());
            model.onnx.node("Transpose", "turn", List.of("q"), "t", GraphExport.integers("perm", 0, 2, 1));
            model.node("Cast", List.of("t"), GraphExport.integer("to", DataType.FLOAT_VALUE));
        });
        OperatorCases.add(cases, "DynamicQuantizeLinear", model -> {
            model.input("x", 5, 3);
            String x = List.of("x", "r", "z").get(model.pick(0, 2));
            model.onnx.node("Relu", "r", List.of("x"), "r");
            model.onnx.floats("nought", new float[1]);
            model.onnx.node("Mul", "z", List.of("x", "nought"), "z");
            model.node("DynamicQuantizeLinear", List.of(x), List.of("q", "step", "zero"));
            model.onnx.node("Cast", "cq", List.of("q"), "fq", GraphExport.integer("to", DataType.FLOAT_VALUE));
            model.onnx.node("Cast", "cz", List.of("zero"), "fz", GraphExport.integer("to", DataType.FLOAT_VALUE));
            model.onnx.node("Add", "sum", List.of("step", "fz"), "s");
            model.node("Add", List.of("fq", "s"));
        });
        OperatorCases.add(cases, "MatMulInteger of values", model -> {
            model.input("x", 4, 5);
            model.input("z", 5, 3);
            model.node("DynamicQuantizeLinear", List.of("x"), List.of("q", "step", "zero"));
            model.node("DynamicQuantizeLinear", List.of("z"), List.of("q2", "weight_step", "zero2"));
            model.onnx.node("MatMulInteger", "product", List.of("q", "q2", "zero", "zero2"), "p");
            rescale(model);
        });
        OperatorCases.add(cases, "QLinearMatMul of values", model -> {
            model.input("x", 4, 4);
            quantizedInput(model, false);
            weights(model, 4, 4, 1);
            model.onnx.node(
                    "QLinearMatMul",
                    "product",
                    List.of(
                            "q",
                            "input_step",
                            "input_zero",
                            "q",
                            "input_step",
                            "input_zero",
                            "output_step",
                            "output_zero"),
                    "p");
            model.node("DequantizeLinear", List.of("p", "output_step", "output_zero"));
        });
        OperatorCases.add(cases, "QLinearConv per channel", QuantizedCases::convolutionPerChannel);
        for (String operator : List.of("QLinearAdd", "QLinearMul", "QLinearSigmoid", "QLinearLeakyRelu")) {
            OperatorCases.add(cases, operator, model -> pointwise(model, operator));
        }
        OperatorCases.add(cases, "DynamicQuantizeMatMul", model -> {
            model.input("x", 3, 5);
            weights(model, 15, 5, 3);
            model.constant("b", 3);
            List<String> operands = new ArrayList<>(List.of("x", "w", "weight_step", "weight_zero"));
            if (model.coin()) {
                operands.add("b");
            }
            model.onnx.fused("DynamicQuantizeMatMul", operands, List.of("y"));
        });
        OperatorCases.add(cases, "MatMulIntegerToFloat", model -> {
            model.input("x", 3, 5);
            quantizedInput(model, false);
            weights(model, 15, 5, 3);
            model.constant("b", 3);
            List<String> operands =
                    new ArrayList<>(List.of("q", "w", "input_step", "weight_step", "input_zero", "weight_zero"));
            if (model.coin()) {
                operands.add("b");
            }
            model.onnx.fused("MatMulIntegerToFloat", operands, List.of("y"));
        });
        return cases.stream();
    }

    private static void perChannel(Model model) {
        model.input("x", 3, 4);
        int at = model.pick(1, 2);
        int count = at + 2;
        float[] steps = new float[count];
        int[] zeros = new int[count];
        for (int i = 0; i < count; i++) {
            steps[i] = 0.01f * (i + 1);
            zeros[i] = model.pick(-5, 5);
        }
        model.onnx.floats("steps", steps, count);
        model.onnx.tensor(bytes("zeros", DataType.INT8_VALUE, zeros, count));
        model.onnx.node(
                "QuantizeLinear", "quantize", List.of("x", "steps", "zeros"), "q", GraphExport.integer("axis", at));
        model.node("DequantizeLinear", List.of("q", "steps", "zeros"), GraphExport.integer("axis", at - 3L));
    }

    private static void convolutionPerChannel(Model model) {
        model.input("x", 4, 5, 5);
        quantizedInput(model, model.coin());
        boolean signed = model.onnx.graph.getInitializer(1).getDataType() == DataType.INT8_VALUE;
        model.onnx.tensor(bytes("w", DataType.INT8_VALUE, integers(model, 4 * 2 * 9), 4, 2, 3, 3));
        model.onnx.floats("weight_step", new float[] {0.01f, 0.02f, 0.005f, 0.03f}, 4);
        model.onnx.tensor(bytes("weight_zero", DataType.INT8_VALUE, new int[4], 4));
        model.onnx.floats("output_step", new float[] {OUTPUT_STEP});
        model.onnx.tensor(bytes(
                "output_zero", signed ? DataType.INT8_VALUE : DataType.UINT8_VALUE, new int[] {signed ? -4 : 100}));
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
                        "output_zero"),
                "c",
                GraphExport.integers("pads", 1, 1, 1, 1),
                GraphExport.integer("group", 2));
        model.node("DequantizeLinear", List.of("c", "output_step", "output_zero"));
    }

    private static void pointwise(Model model, String operator) {
        model.input("x", 3, 5);
        quantizedInput(model, false);
        model.onnx.floats("output_step", new float[] {OUTPUT_STEP});
        model.onnx.tensor(bytes("output_zero", DataType.UINT8_VALUE, new int[] {100}));
        List<String> operands = new ArrayList<>(List.of("q", "input_step", "input_zero"));
        if (operator.equals("QLinearAdd") || operator.equals("QLinearMul")) {
            operands.addAll(List.of("q", "input_step", "input_zero"));
        }
        operands.addAll(List.of("output_step", "output_zero"));
        AttributeProto[] attributes = operator.equals("QLinearLeakyRelu")
                ? new AttributeProto[] {GraphExport.number("alpha", 0.3f)}
                : new AttributeProto[0];
        model.onnx.fused(operator, operands, List.of("p"), attributes);
        model.node("DequantizeLinear", List.of("p", "output_step", "output_zero"));
        // ONNX Runtime adds fixed-point numbers, so that a sum between two steps may round to the other.
        model.tolerance = OUTPUT_STEP * 1.01;
    }
}
