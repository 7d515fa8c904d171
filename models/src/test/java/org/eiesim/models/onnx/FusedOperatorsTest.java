package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.number;
import static org.eiesim.models.onnx.GraphExport.word;
import static org.eiesim.models.onnx.OperatorAgreementTest.bytes;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.onnx.OperatorAgreementTest.Composer;
import org.eiesim.models.onnx.OperatorAgreementTest.Model;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime's fused operators, imported as their parts, yield what ONNX Runtime yields. */
class FusedOperatorsTest {
    private static final int SEEDS = 4;
    private static final List<String> Y = List.of("y");

    static Stream<Named<Composer>> operators() {
        List<Named<Composer>> cases = new ArrayList<>();
        OperatorCases.add(cases, "Gelu", model -> unary(model, "Gelu"));
        OperatorCases.add(cases, "QuickGelu", model -> unary(model, "QuickGelu", number("alpha", 1.5f)));
        OperatorCases.add(cases, "FastGelu", model -> withBias(model, "FastGelu"));
        OperatorCases.add(cases, "BiasGelu", model -> withBias(model, "BiasGelu"));
        OperatorCases.add(cases, "FusedMatMul", FusedOperatorsTest::fusedMatMul);
        OperatorCases.add(cases, "FusedGemm", FusedOperatorsTest::fusedGemm);
        OperatorCases.add(cases, "FusedConv", FusedOperatorsTest::fusedConv);
        OperatorCases.add(cases, "SkipLayerNormalization", model -> skip(model, "SkipLayerNormalization", true));
        OperatorCases.add(
                cases,
                "SkipSimplifiedLayerNormalization",
                model -> skip(model, "SkipSimplifiedLayerNormalization", false));
        OperatorCases.add(cases, "EmbedLayerNormalization", FusedOperatorsTest::embed);
        OperatorCases.add(cases, "Attention", FusedOperatorsTest::attention);
        OperatorCases.add(cases, "MultiHeadAttention", FusedOperatorsTest::multiHead);
        OperatorCases.add(cases, "RMSNormalization", FusedOperatorsTest::rms);
        return cases.stream();
    }

    private static void unary(Model model, String operator, AttributeProto... attributes) {
        model.input("x", 7);
        model.onnx.fused(operator, List.of("x"), Y, attributes);
    }

    private static void withBias(Model model, String operator) {
        model.input("x", 3, 5);
        model.constant("b", 5);
        model.onnx.fused(operator, List.of("x", "b"), Y);
    }

    private static void fusedMatMul(Model model) {
        boolean turnsLeft = model.coin();
        boolean turnsRight = model.coin();
        model.input("x", turnsLeft ? 4 : 3, turnsLeft ? 3 : 4);
        model.constant("w", turnsRight ? 5 : 4, turnsRight ? 4 : 5);
        model.onnx.fused(
                "FusedMatMul",
                List.of("x", "w"),
                Y,
                integer("transA", turnsLeft ? 1 : 0),
                integer("transB", turnsRight ? 1 : 0),
                number("alpha", 0.5f));
    }

    private static void fusedGemm(Model model) {
        model.input("x", 4);
        model.constant("w", 3, 4);
        model.constant("b", 3);
        model.onnx.fused(
                "FusedGemm",
                List.of("x", "w", "b"),
                Y,
                integer("transB", 1),
                word("activation", "LeakyRelu"),
                number("activation_alpha", 0.3f));
    }

    private static void fusedConv(Model model) {
        model.input("x", 2, 5, 6);
        model.constant("w", 3, 2, 3, 3);
        model.constant("b", 3);
        model.onnx.fused(
                "FusedConv",
                List.of("x", "w", "b"),
                Y,
                GraphExport.integers("kernel_shape", 3, 3),
                word("activation", "Relu"));
    }

    private static void skip(Model model, String operator, boolean hasBeta) {
        model.input("x", 3, 6);
        model.input("skip", 3, 6);
        model.constant("gamma", 6);
        model.constant("beta", 6);
        model.constant("bias", 6);
        List<String> inputs = new ArrayList<>(List.of("x", "skip", "gamma"));
        if (hasBeta) {
            inputs.add("beta");
        }
        inputs.add("bias");
        model.onnx.fused(operator, inputs, List.of("y", "", "", "sum"), number("epsilon", 1e-5f));
        output(model, "y");
        output(model, "sum");
    }

    private static void embed(Model model) {
        model.constant("word", 9, 6);
        model.constant("position", 8, 6);
        model.constant("segment", 2, 6);
        model.constant("gamma", 6);
        model.constant("beta", 6);
        // The operator takes int32, the feeds of these tests are int64.
        model.onnx.graph.addInput(OnnxModels.valueInfo("ids64", DataType.INT64_VALUE, 1, 4));
        model.feeds.put("ids64", new OnnxRuntime.Feed(new long[] {1, 4}, new float[] {3, 8, 0, 3}, true));
        model.onnx.node("Cast", "ids32", List.of("ids64"), "ids", integer("to", DataType.INT32_VALUE));
        model.onnx.tensor(bytes("segments", DataType.INT32_VALUE, new int[] {0, 1, 1, 0}, 1, 4));
        model.onnx.fused(
                "EmbedLayerNormalization",
                List.of("ids", "segments", "word", "position", "segment", "gamma", "beta"),
                List.of("y", "mask"),
                number("epsilon", 1e-5f));
    }

    private static void attention(Model model) {
        model.input("x", 5, 8);
        model.constant("w", 8, 24);
        model.constant("b", 24);
        List<String> operands = new ArrayList<>(List.of("x", "w", "b"));
        if (model.coin()) {
            model.onnx.tensor(bytes("seen", DataType.INT32_VALUE, new int[] {1, model.pick(0, 1), 1, 1, 0}, 1, 5));
            operands.add("seen");
        }
        model.onnx.fused(
                "Attention", operands, Y, integer("num_heads", 2), integer("unidirectional", model.pick(0, 1)));
    }

    private static void multiHead(Model model) {
        model.input("q", 3, 8);
        model.input("k", 5, 8);
        model.input("v", 5, 8);
        model.constant("b", 24);
        model.onnx.tensor(bytes("seen", DataType.INT32_VALUE, new int[] {1, 1, model.pick(0, 1), 1, 0}, 1, 5));
        model.onnx.fused("MultiHeadAttention", List.of("q", "k", "v", "b", "seen"), Y, integer("num_heads", 4));
    }

    private static void rms(Model model) {
        model.onnx.opset(23);
        model.input("x", 3, 6);
        model.constant("scale", 6);
        model.node("RMSNormalization", List.of("x", "scale"), number("epsilon", 1e-4f));
    }

    private static void output(Model model, String name) {
        model.onnx.graph.addOutput(OnnxModels.valueInfo(name, DataType.FLOAT_VALUE).toBuilder()
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE))));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void agreesWithOnnxRuntime(Composer composer) throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            Model model = new Model(seed);
            model.onnx.opset(17);
            composer.compose(model);
            if (model.onnx.graph.getOutputCount() == 0) {
                output(model, "y");
            }
            List<float[]> expected = OnnxRuntime.run(model.onnx.build().toByteArray(), model.feeds);
            Network network = model.onnx.read();
            Map<String, float[]> inputs = new LinkedHashMap<>();
            model.feeds.forEach((name, feed) -> inputs.put(name, feed.values()));
            Map<String, float[]> values = new ReferenceExecutor(network).runAll(inputs);
            for (int i = 0; i < expected.size(); i++) {
                float[] actual =
                        Objects.requireNonNull(values.get(network.outputs().get(i)));
                OperatorAgreementTest.assertClose(actual, expected.get(i), 2e-5, "seed " + seed + " output " + i);
            }
        }
    }
}
