package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eiesim.models.onnx.GraphExport.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ReferenceExecutor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations spelled out as primitives, and graphs that nearly are such. */
class PrimitiveFoldingTest {
    private static final long[] EXTENTS = {1, 3, 5};
    private static final int NUM_ELEMENTS = 15;
    private static final float ROOT_OF_TWO = 1.4142135f;

    /** A graph from x of 3 rows of 5 to y, one operation per line: {@code value = Operator operand operand attribute}. */
    private static OnnxModels model(String text) {
        OnnxModels model = OnnxModels.withInput("x", 1, 3, 5);
        model.floats("two", new float[] {2});
        model.floats("three", new float[] {3});
        model.floats("half", new float[] {0.5f});
        model.floats("one", new float[] {1}, 1);
        model.floats("epsilon", new float[] {1e-3f});
        model.floats("zero", new float[] {0});
        model.floats("root2", new float[] {ROOT_OF_TWO});
        model.floats("inverse2", new float[] {0.70710677f});
        model.floats("nearly2", new float[] {1.4142f});
        model.floats("slope", new float[] {0.7978846f});
        model.floats("cubic", new float[] {0.044715f});
        model.floats("wrongcubic", new float[] {0.0447f});
        model.floats("slopecubic", new float[] {0.7978846f * 0.044715f});
        model.floats("scale", new float[] {1, 2, -1, 0.5f, 3}, 5);
        model.floats("bias", new float[] {0.1f, 0, -1, 2, 0.5f}, 1, 1, 5);
        model.floats("rows", new float[] {1, 2, 3}, 3, 1);
        for (String line : text.strip().split("\\s*;\\s*")) {
            addNode(model, line.strip().split("\\s+"));
        }
        return model;
    }

    private static void addNode(OnnxModels model, String[] words) {
        if (words[0].equals("output")) {
            addOutput(model, words[1]);
            return;
        }
        List<String> inputs =
                Stream.of(words).skip(3).filter(word -> !word.startsWith("@")).toList();
        String axes = Stream.of(words)
                .filter(word -> word.startsWith("@"))
                .findFirst()
                .orElse("");
        switch (axes) {
            case "" -> model.node(words[2], "", inputs, words[0]);
            case "@drop" ->
                model.node(words[2], "", inputs, words[0], integers("axes", -1), OnnxModels.attribute("keepdims", 0L));
            case "@all" -> model.node(words[2], "", inputs, words[0], integers("axes", 1, 2));
            default -> model.node(words[2], "", inputs, words[0], integers("axes", Long.parseLong(axes.substring(1))));
        }
    }

    private static void addOutput(OnnxModels model, String value) {
        model.graph.addOutput(OnnxModels.valueInfo(value, DataType.FLOAT_VALUE).toBuilder()
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE))));
    }

    private static final String CENTRED = "m = ReduceMean x @-1; c = Sub x m; ";
    private static final String SQUARE = "q = Pow c two; ";
    private static final String DEVIATION = "v = ReduceMean q @-1; e = Add v epsilon; d = Sqrt e; ";
    private static final String SCALED = "n = Div c d; s = Mul n scale; ";

    static Stream<Arguments> layerNormalizations() {
        return Stream.of(
                Arguments.of(CENTRED + SQUARE + DEVIATION + SCALED + "y = Add s bias; output y", "y"),
                Arguments.of(
                        CENTRED + "q = Mul c c; v = ReduceMean q @2; e = Add epsilon v; d = Sqrt e; n = Div c d;"
                                + " s = Mul scale n; y = Add bias s; output y",
                        "y"),
                Arguments.of(
                        CENTRED + "c2 = Sub x m; q = Pow c2 two; " + DEVIATION + SCALED + "y = Add s bias; output y",
                        "y"),
                Arguments.of(
                        CENTRED + "m2 = ReduceMean x @-1; c2 = Sub x m2; q = Mul c2 c2; " + DEVIATION + SCALED
                                + "y = Add s bias; output y",
                        "y"),
                Arguments.of(CENTRED + SQUARE + DEVIATION + SCALED + "y = Neg s; output y", "s"),
                Arguments.of(CENTRED + SQUARE + DEVIATION + SCALED + "y = Add s rows; output y", "s"),
                Arguments.of(CENTRED + SQUARE + DEVIATION + SCALED + "y = Add s bias; output s; output y", "s"));
    }

    static Stream<String> otherNormalizations() {
        return Stream.of(
                        CENTRED + "q = Pow c three; " + DEVIATION + SCALED,
                        "m = ReduceMean x @1; c = Sub x m; " + SQUARE + DEVIATION + SCALED,
                        CENTRED + SQUARE + "v = ReduceMean q @1; e = Add v epsilon; d = Sqrt e; " + SCALED,
                        "m = ReduceMean x @1; c = Sub x m; " + SQUARE
                                + "v = ReduceMean q @1; e = Add v epsilon; d = Sqrt e; " + SCALED,
                        CENTRED + SQUARE + "v = ReduceMean q @-1; e = Add v zero; d = Sqrt e; " + SCALED,
                        CENTRED + SQUARE + "v = ReduceMax q @-1; e = Add v epsilon; d = Sqrt e; " + SCALED,
                        CENTRED + SQUARE + "v = ReduceMean q @-1; e = Sub v epsilon; a = Abs e; d = Sqrt a; " + SCALED,
                        CENTRED + SQUARE + DEVIATION + "n = Div x d; s = Mul n scale; ",
                        CENTRED + SQUARE + DEVIATION + "n = Div c d; s = Mul n rows; ",
                        CENTRED + SQUARE + DEVIATION + "n = Div c d; s = Mul n x; ",
                        CENTRED + SQUARE + DEVIATION + SCALED + "output c; ",
                        CENTRED + SQUARE + DEVIATION + SCALED + "output v; ",
                        CENTRED + SQUARE + DEVIATION + "n = Div c d; u = Mul n scale; s = Add u d; ",
                        "m = ReduceMean x @-1; c = Sub m x; " + SQUARE + DEVIATION + SCALED)
                .map(text -> text + "y = Add s bias; output y");
    }

    static Stream<Arguments> gelus() {
        String gate = "a = Div x root2; g = Erf a; r = Add g one; ";
        String inner = "k = Mul w slope; t = Tanh k; r = Add one t; ";
        String cube = "p = Pow x three; u = Mul p cubic; w = Add x u; ";
        String end = "h = Mul x half; y = Mul h r; output y";
        return Stream.of(
                Arguments.of(gate + "h = Mul x r; y = Mul h half; output y", ActivationFunction.GELU),
                Arguments.of(gate + "h = Mul half x; y = Mul h r; output y", ActivationFunction.GELU),
                Arguments.of(gate + "h = Mul r half; y = Mul x h; output y", ActivationFunction.GELU),
                Arguments.of(gate + "h = Mul r x; y = Div h two; output y", ActivationFunction.GELU),
                Arguments.of("a = Mul inverse2 x; g = Erf a; r = Add one g; " + end, ActivationFunction.GELU),
                Arguments.of(cube + inner + end, ActivationFunction.GELU_TANH),
                Arguments.of(
                        "z = Mul x x; p = Mul z x; u = Mul cubic p; w = Add u x; " + inner + end,
                        ActivationFunction.GELU_TANH),
                Arguments.of(
                        "j = Mul x slope; z = Mul x cubic; b = Mul z x; f = Add one b; k = Mul j f; t = Tanh k;"
                                + " r = Add t one; " + end,
                        ActivationFunction.GELU_TANH),
                Arguments.of(
                        "j = Mul x slope; p = Pow x three; z = Mul p slopecubic; k = Add j z; t = Tanh k;"
                                + " r = Add t one; " + end,
                        ActivationFunction.GELU_TANH));
    }

    static Stream<String> otherFunctions() {
        String gate = "a = Div x root2; g = Erf a; r = Add g one; ";
        String end = "h = Mul x half; y = Mul h r; output y";
        return Stream.of(
                gate + "h = Mul x r; y = Mul h one; output y",
                gate + "h = Mul x r; y = Mul h scale; output y",
                gate + "q = Neg x; h = Mul q half; y = Mul h r; output y",
                gate + end + "; output r",
                gate + "h = Mul x half; i = Mul h r; y = Add i r; output y",
                "a = Div x nearly2; g = Erf a; r = Add g one; " + end,
                "a = Mul x root2; g = Erf a; r = Add g one; " + end,
                "a = Div x root2; g = Tanh a; r = Add g one; " + end,
                "a = Div x root2; g = Erf a; r = Add g half; " + end,
                "a = Div x root2; g = Erf a; r = Sub g one; " + end,
                "p = Pow x two; u = Mul p cubic; w = Add x u; k = Mul w slope; g = Tanh k; r = Add g one; " + end,
                "p = Pow x three; u = Mul p wrongcubic; w = Add x u; k = Mul w slope; g = Tanh k; r = Add g one; "
                        + end,
                "p = Pow x three; u = Mul p cubic; w = Add x u; k = Mul w slope; g = Erf k; r = Add g one; " + end);
    }

    @ParameterizedTest
    @MethodSource("layerNormalizations")
    void layerNormalizationsAreFolded(String text, String name) throws IOException {
        Network network = check(text);
        assertThat(count(network, NormalizationNode.Layer.class)).isEqualTo(1);
        assertThat(network.nodes())
                .anyMatch(node ->
                        node instanceof NormalizationNode.Layer && node.name().equals(name));
        assertThat(count(network, Node.Activation.class)).isZero();
    }

    @ParameterizedTest
    @MethodSource("otherNormalizations")
    void otherNormalizationsStay(String text) throws IOException {
        assertThat(count(check(text), NormalizationNode.Layer.class)).isZero();
    }

    @ParameterizedTest
    @MethodSource("gelus")
    void gelusAreFolded(String text, ActivationFunction function) throws IOException {
        Network network = check(text);
        assertThat(network.nodes()).containsExactly(new Node.Activation("y", "x", function));
    }

    @ParameterizedTest
    @MethodSource("otherFunctions")
    void otherFunctionsStay(String text) throws IOException {
        assertThat(check(text).nodes())
                .noneMatch(node -> node instanceof Node.Activation activation
                        && List.of(ActivationFunction.GELU, ActivationFunction.GELU_TANH)
                                .contains(activation.function()));
    }

    private static long count(Network network, Class<? extends Node> kind) {
        return network.nodes().stream().filter(kind::isInstance).count();
    }

    /** Imports a graph and holds its outputs against ONNX Runtime's and those of the graph as it was before folding. */
    private static Network check(String text) throws IOException {
        OnnxModels model = model(text);
        float[] x = new float[NUM_ELEMENTS];
        Random random = new Random(7);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (2 * random.nextGaussian());
        }
        Network network = model.read();
        Map<String, float[]> values = new ReferenceExecutor(network).runAll(Map.of("x", x));
        Map<String, float[]> before = new ReferenceExecutor(unfolded(model)).runAll(Map.of("x", x));
        List<float[]> expected = OnnxRuntime.runAsWritten(
                model.build().toByteArray(), Map.of("x", new OnnxRuntime.Feed(EXTENTS, x, false)));
        for (int i = 0; i < expected.size(); i++) {
            String output = network.outputs().get(i);
            float[] actual = Objects.requireNonNull(values.get(output));
            OperatorAgreementTest.assertClose(actual, expected.get(i), 1e-6, output);
            OperatorAgreementTest.assertClose(actual, Objects.requireNonNull(before.get(output)), 1e-6, output);
        }
        return network;
    }

    private static Network unfolded(OnnxModels model) throws IOException {
        return new GraphImport(
                        model.build().getGraph(),
                        13,
                        DimensionExtents.of(model.build().getGraph(), Map.of()),
                        Map.of())
                .unfolded("default");
    }
}
