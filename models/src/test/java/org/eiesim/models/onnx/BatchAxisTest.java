package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The axis that is taken for the batch: sample 0 of it, or the whole tensor, is what ONNX Runtime computes. */
class BatchAxisTest {
    private static final int NUM_RANDOM_MODELS = 400;

    /** A model of a first input x, with random constants. */
    private static final class Model {
        final OnnxModels onnx = new OnnxModels().opset(13);
        final Random random;
        final Map<String, OnnxRuntime.Feed> feeds = new LinkedHashMap<>();

        Model(long seed) {
            random = new Random(seed);
        }

        float[] values(int... extents) {
            float[] values = new float[size(extents)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return values;
        }

        Model input(String name, int... extents) {
            onnx.graph.addInput(OnnxModels.valueInfo(name, DataType.FLOAT_VALUE, extents));
            long[] full = Arrays.stream(extents)
                    .asLongStream()
                    .map(e -> e == 0 ? 3 : e)
                    .toArray();
            int[] known = Arrays.stream(full).mapToInt(Math::toIntExact).toArray();
            feeds.put(name, new OnnxRuntime.Feed(full, values(known), false));
            return this;
        }

        Model constant(String name, int... extents) {
            onnx.floats(
                    name, values(extents), Arrays.stream(extents).asLongStream().toArray());
            return this;
        }

        Model list(String name, long... values) {
            onnx.int64s(name, values);
            return this;
        }

        Model node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
            onnx.node(operator, "", inputs, output, attributes);
            return this;
        }
    }

    private static int size(int... extents) {
        return Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    }

    private static Arguments of(String name, String shapes, Consumer<Model> composer) {
        return Arguments.of(name, shapes, composer);
    }

    private static Arguments one(String name, String shape, Consumer<Model> composer) {
        return of(name, shape, model -> {
            model.input("x", 5, 8);
            composer.accept(model);
        });
    }

    static Stream<Arguments> models() {
        return Stream.of(
                one("element-wise", "8", m -> m.node("Relu", "y", List.of("x"))),
                one("Concat", "5x8", m -> m.node("Concat", "y", List.of("x", "x"), integer("axis", 0))),
                one("Concat beside the batch", "8", m -> m.node("Concat", "y", List.of("x", "x"), integer("axis", 1))),
                one(
                        "Slice of the last sample",
                        "5x8",
                        m -> m.list("s", -1).list("e", 9).list("a", 0).node("Slice", "y", List.of("x", "s", "e", "a"))),
                one("Split", "5x8", m -> {
                    m.list("q", 2, 3).node("Split", "y", List.of("x", "q"), integer("axis", 0));
                    m.onnx.graph.getNodeBuilder(0).addOutput("z");
                }),
                one("Gather", "5x8", m -> m.list("i", 3, 0).node("Gather", "y", List.of("x", "i"), integer("axis", 0))),
                one("Softmax", "5x8", m -> m.node("Softmax", "y", List.of("x"), integer("axis", 0))),
                one("LogSoftmax", "5x8", m -> m.node("LogSoftmax", "y", List.of("x"), integer("axis", 0))),
                one("ReduceMax", "5x8", m -> m.node("ReduceMax", "y", List.of("x"), integers("axes", 0))),
                one("ReduceMean of all", "5x8", m -> m.node("ReduceMean", "y", List.of("x"), integer("keepdims", 0))),
                one("ReduceMean", "8", m -> m.node("ReduceMean", "y", List.of("x"), integers("axes", 1))),
                one(
                        "Flatten",
                        "5x8",
                        m -> m.constant("w", 40, 3)
                                .node("Flatten", "t", List.of("x"), integer("axis", 0))
                                .node("MatMul", "y", List.of("t", "w"))),
                one(
                        "weights on the left of the transpose",
                        "8",
                        m -> m.constant("w", 3, 8)
                                .node("Transpose", "t", List.of("x"))
                                .node("MatMul", "y", List.of("w", "t"))),
                one("weights on the left", "5x8", m -> m.constant("w", 3, 5).node("MatMul", "y", List.of("w", "x"))),
                one("a vector on the left", "5x8", m -> m.constant("w", 5).node("MatMul", "y", List.of("w", "x"))),
                one("a vector on the right", "8", m -> m.constant("w", 8).node("MatMul", "y", List.of("x", "w"))),
                one("weights of three axes", "8", m -> m.constant("w", 1, 8, 3).node("MatMul", "y", List.of("x", "w"))),
                one("a stack of weights", "8", m -> m.constant("w", 4, 8, 3).node("MatMul", "y", List.of("x", "w"))),
                one(
                        "Gemm transposed",
                        "5x8",
                        m -> m.constant("w", 5, 3)
                                .constant("c", 8, 1)
                                .node("Gemm", "y", List.of("x", "w", "c"), integer("transA", 1))),
                one(
                        "Gemm of weights on the left",
                        "8",
                        m -> m.constant("w", 3, 8)
                                .constant("c", 3, 1)
                                .node("Gemm", "y", List.of("w", "x", "c"), integer("transB", 1))),
                one(
                        "Gemm with a row per sample",
                        "5x8",
                        m -> m.constant("w", 8, 3).constant("c", 5, 3).node("Gemm", "y", List.of("x", "w", "c"))),
                one(
                        "samples merged and restored",
                        "8",
                        m -> m.list("a", -1, 4)
                                .list("b", 5, 6)
                                .constant("w", 4, 3)
                                .node("Reshape", "t", List.of("x", "a"))
                                .node("MatMul", "u", List.of("t", "w"))
                                .node("Reshape", "y", List.of("u", "b"))),
                one(
                        "samples merged and mixed",
                        "5x8",
                        m -> m.list("a", -1, 4)
                                .node("Reshape", "t", List.of("x", "a"))
                                .node("ReduceSum", "y", List.of("t"))),
                one(
                        "samples scrambled",
                        "5x8",
                        m -> m.list("a", 8, 5)
                                .node("Reshape", "t", List.of("x", "a"))
                                .node("Softmax", "y", List.of("t"))),
                one("Expand before the batch", "8", m -> m.list("e", 2, 5, 8).node("Expand", "y", List.of("x", "e"))),
                one("Unsqueeze", "8", m -> m.list("a", 0).node("Unsqueeze", "y", List.of("x", "a"))),
                one("a constant per sample", "5x8", m -> m.constant("c", 5, 1).node("Add", "y", List.of("x", "c"))),
                one(
                        "a constant before the batch",
                        "8",
                        m -> m.constant("c", 3, 1, 8).node("Mul", "y", List.of("c", "x"))),
                one("x x^T", "5x8", m -> m.node("Transpose", "t", List.of("x")).node("MatMul", "y", List.of("x", "t"))),
                one("x^T x", "5x8", m -> m.node("Transpose", "t", List.of("x")).node("MatMul", "y", List.of("t", "x"))),
                of(
                        "rows and columns of two inputs",
                        "8 6x8",
                        m -> m.input("x", 4, 8)
                                .input("z", 6, 8)
                                .node("Transpose", "t", List.of("z"))
                                .node("MatMul", "y", List.of("x", "t"))),
                of(
                        "rows of one input",
                        "8 8x3",
                        m -> m.input("x", 4, 8).input("z", 8, 3).node("MatMul", "y", List.of("x", "z"))),
                of(
                        "inputs of two ranks",
                        "4x8 4x8",
                        m -> m.input("x", 3, 4, 8).input("z", 4, 8).node("Add", "y", List.of("x", "z"))),
                of(
                        "a vector as input",
                        "8 8",
                        m -> m.input("x", 4, 8).input("z", 8).node("Mul", "y", List.of("x", "z"))),
                of(
                        "a batch left open, merged",
                        "8",
                        m -> m.input("x", 0, 8)
                                .list("a", -1, 4)
                                .list("b", -1, 6)
                                .constant("w", 4, 3)
                                .node("Reshape", "t", List.of("x", "a"))
                                .node("MatMul", "u", List.of("t", "w"))
                                .node("Reshape", "y", List.of("u", "b"))),
                of(
                        "steps first",
                        "5x3",
                        m -> m.input("x", 5, 2, 3)
                                .constant("w", 1, 8, 3)
                                .constant("r", 1, 8, 2)
                                .node("Relu", "t", List.of("x"))
                                .node("LSTM", "y", List.of("t", "w", "r"), integer("hidden_size", 2))),
                of(
                        "a mean over steps, then a cell",
                        "5x3",
                        m -> m.input("x", 5, 2, 3)
                                .constant("w", 1, 8, 3)
                                .constant("r", 1, 8, 2)
                                .node("ReduceMean", "m", List.of("x"), integers("axes", 0))
                                .node("Sub", "t", List.of("x", "m"))
                                .node("LSTM", "y", List.of("t", "w", "r"), integer("hidden_size", 2))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void isSampleZeroOrTheWhole(String name, String shapes, Consumer<Model> composer) throws IOException {
        Model model = new Model(1);
        composer.accept(model);
        output(model);
        Network network = model.onnx.read();
        assertThat(network.inputs().stream().map(input -> input.shape().toString()))
                .as(name)
                .containsExactly(shapes.split(" "));
        assertAgrees(model, network, name);
    }

    private static void output(Model model) {
        model.onnx.graph.addOutput(OnnxModels.valueInfo("y", DataType.FLOAT_VALUE).toBuilder()
                .setType(ai.onnx.proto.OnnxMl.TypeProto.newBuilder()
                        .setTensorType(ai.onnx.proto.OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(DataType.FLOAT_VALUE))));
    }

    private static void assertAgrees(Model model, Network network, String name) {
        float[] expected =
                OnnxRuntime.run(model.onnx.build().toByteArray(), model.feeds).get(0);
        Map<String, float[]> inputs = new LinkedHashMap<>();
        int extent = 1;
        for (Network.Input input : network.inputs()) {
            OnnxRuntime.Feed feed = Objects.requireNonNull(model.feeds.get(input.name()));
            int axis = batchAxis(feed.extents(), input.shape().toArray());
            extent = axis < 0 ? extent : (int) feed.extents()[axis];
            inputs.put(input.name(), axis < 0 ? feed.values() : first(feed.values(), feed.extents(), axis));
        }
        float[] actual = Objects.requireNonNull(new ReferenceExecutor(network)
                .runAll(inputs)
                .get(network.outputs().get(0)));
        if (actual.length == expected.length) {
            OperatorAgreementTest.assertClose(actual, expected, 1e-4, name);
            return;
        }
        assertThat(expected).as(name).hasSize(actual.length * extent);
        // The batch is some axis of the output, with some number of elements behind it.
        boolean agrees = false;
        for (int inner = 1; inner <= actual.length; inner++) {
            if (actual.length % inner == 0) {
                long[] extents = {actual.length / inner, extent, inner};
                agrees |= isClose(actual, first(expected, extents, 1));
            }
        }
        assertThat(agrees)
                .as(name + ": sample 0 of " + Arrays.toString(expected))
                .isTrue();
    }

    private static boolean isClose(float[] actual, float[] expected) {
        return IntStream.range(0, actual.length)
                .allMatch(i -> Math.abs(actual[i] - expected[i]) <= 1e-4 * Math.max(1, Math.abs(expected[i])));
    }

    /** Returns the axis that a sample's shape lacks, or -1; the extents of an input differ from one another. */
    private static int batchAxis(long[] extents, int[] sample) {
        if (extents.length == sample.length) {
            return -1;
        }
        for (int axis = 0; axis < sample.length; axis++) {
            if (extents[axis] != sample[axis]) {
                return axis;
            }
        }
        return sample.length;
    }

    private static float[] first(float[] values, long[] extents, int axis) {
        return OnnxCase.Tensor.first(extents, values, axis);
    }

    @Test
    void anOpenBatchThatIsMixedNeedsAnExtent() throws IOException {
        Model model = new Model(2).input("x", 0, 8).node("ReduceMean", "y", List.of("x"), integers("axes", 0));
        output(model);
        assertThatThrownBy(model.onnx::read)
                .isInstanceOf(FormatException.class)
                .hasMessage("node yielding y (ReduceMean): it mixes the samples of a batch, for which axis 0 of x was"
                        + " taken; taken as one tensor: input x: axis 0 (open) is dynamic; give its extent (--dim"
                        + " open=N) or export the network with a fixed extent");
        assertAgrees(model, read(model, Map.of("open", 3)), "whole");
    }

    private static Network read(Model model, Map<String, Integer> dimensions) throws IOException {
        return OnnxReader.read(new ByteArrayInputStream(model.onnx.build().toByteArray()), "default", dimensions);
    }

    @Test
    void extentsOfTheBatchAndOfNoDimensionAreRefused() throws IOException {
        Model model = new Model(3).input("x", 0, 8).node("Relu", "y", List.of("x"));
        output(model);
        assertThatThrownBy(() -> read(model, Map.of("open", 3)))
                .hasMessage("--dim open=3: this dimension is the batch, of which one sample is taken; leave it out");
        assertThatThrownBy(() -> read(model, Map.of("T", 3)))
                .hasMessage("--dim T: no input has a dynamic dimension of that name; there are open");
        assertAgrees(model, read(model, Map.of("open", 1)), "one sample");
    }

    @Test
    void randomChainsOfOperatorsAreNeverWrong() throws IOException {
        int numAccepted = 0;
        Set<Integer> ranks = new HashSet<>();
        for (int seed = 0; seed < NUM_RANDOM_MODELS; seed++) {
            RandomAxes chain = new RandomAxes(seed);
            Model model = new Model(seed);
            chain.compose(model.onnx, model.feeds);
            output(model);
            String name = "seed " + seed + ": " + chain;
            try {
                Network network = model.onnx.read();
                assertAgrees(model, network, name);
                numAccepted++;
                ranks.add(network.inputs().get(0).shape().rank());
            } catch (FormatException e) {
                assertThat(e.getMessage()).as(name).contains("mixes the samples of a batch");
            } catch (IllegalStateException e) {
                throw new AssertionError(name, e);
            }
        }
        assertThat(numAccepted).isGreaterThan(NUM_RANDOM_MODELS * 9 / 10);
        assertThat(ranks).hasSizeGreaterThan(2);
    }
}
