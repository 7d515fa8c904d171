package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;
import static org.eiesim.models.onnx.GraphExport.number;
import static org.eiesim.models.onnx.GraphExport.word;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every supported operator, with random shapes and attributes, yields what it yields in ONNX Runtime. */
class OperatorAgreementTest {
    private static final int SEEDS = 12;

    /** Composes one random model of a random opset. */
    interface Composer {
        void compose(Model model);
    }

    /** A model under construction; its first input is x, of random gaussian values. */
    static final class Model {
        final Random random;
        final OnnxModels onnx = new OnnxModels();
        final Map<String, OnnxRuntime.Feed> feeds = new LinkedHashMap<>();
        double tolerance = 2e-5;
        int opset;

        Model(long seed) {
            random = new Random(seed);
        }

        void opset(int low, int high) {
            opset = pick(low, high);
            onnx.opset(opset);
        }

        int pick(int low, int high) {
            return low + random.nextInt(high - low + 1);
        }

        boolean coin() {
            return random.nextBoolean();
        }

        void input(String name, int... extents) {
            scaledInput(name, 1, extents);
        }

        /** Adds an input of batch 1 and values of a magnitude. */
        void scaledInput(String name, double magnitude, int... extents) {
            int[] full = new int[extents.length + 1];
            full[0] = 1;
            System.arraycopy(extents, 0, full, 1, extents.length);
            feed(name, magnitude, full);
        }

        void feed(String name, double magnitude, int... full) {
            onnx.graph.addInput(OnnxModels.valueInfo(name, DataType.FLOAT_VALUE, full));
            long[] extents = Arrays.stream(full).asLongStream().toArray();
            feeds.put(name, new OnnxRuntime.Feed(extents, gaussian(size(full), magnitude), false));
        }

        float[] gaussian(int length, double magnitude) {
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = (float) (random.nextGaussian() * magnitude);
            }
            return values;
        }

        void constant(String name, int... extents) {
            onnx.floats(
                    name,
                    gaussian(size(extents), 1),
                    Arrays.stream(extents).asLongStream().toArray());
        }

        void node(String operator, List<String> inputs, AttributeProto... attributes) {
            onnx.node(operator, "n" + onnx.graph.getNodeCount(), inputs, "y", attributes);
        }

        void node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
            onnx.graph.addNode(NodeProto.newBuilder()
                    .setOpType(operator)
                    .setName("n" + onnx.graph.getNodeCount())
                    .addAllInput(inputs)
                    .addAllOutput(outputs)
                    .addAllAttribute(Arrays.asList(attributes)));
        }

        int[] image() {
            return new int[] {pick(1, 6), pick(5, 11), pick(5, 11)};
        }

        AttributeProto[] window(int[] kernel, boolean dilated, String padding) {
            List<AttributeProto> attributes = new ArrayList<>();
            attributes.add(integers("kernel_shape", kernel[0], kernel[1]));
            attributes.add(integers("strides", pick(1, 3), pick(1, 3)));
            if (dilated) {
                attributes.add(integers("dilations", pick(1, 2), pick(1, 2)));
            }
            if (!padding.isEmpty()) {
                attributes.add(word("auto_pad", padding));
            } else if (coin()) {
                int most = Math.min(kernel[0], kernel[1]) - 1;
                attributes.add(integers("pads", pick(0, most), pick(0, most), pick(0, most), pick(0, most)));
            }
            return attributes.toArray(new AttributeProto[0]);
        }

        String padding() {
            return List.of("", "", "SAME_UPPER", "SAME_LOWER", "VALID").get(random.nextInt(5));
        }

        static int size(int[] extents) {
            return Arrays.stream(extents).reduce(1, (a, b) -> a * b);
        }
    }

    static Stream<Named<Composer>> operators() {
        return Stream.concat(
                Stream.concat(OperatorCases.elementwise(), OperatorCases.windows()),
                Stream.concat(
                        OperatorCases.tensors(),
                        Stream.concat(
                                RecurrentCases.cells(),
                                Stream.concat(
                                        SpatialCases.operators(),
                                        Stream.concat(VersionCases.operators(), QuantizedCases.operators())))));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void agreesWithOnnxRuntime(Composer composer) throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            Model model = composed(composer, seed);
            List<float[]> expected = OnnxRuntime.run(model.onnx.build().toByteArray(), model.feeds);
            Network network = model.onnx.read();
            Map<String, float[]> inputs = new LinkedHashMap<>();
            model.feeds.forEach((name, feed) -> inputs.put(name, feed.values()));
            Map<String, float[]> values = new ReferenceExecutor(network).runAll(inputs);
            for (int i = 0; i < expected.size(); i++) {
                float[] actual =
                        Objects.requireNonNull(values.get(network.outputs().get(i)));
                assertClose(actual, expected.get(i), model.tolerance, "seed " + seed + " output " + i);
            }
        }
    }

    static Stream<Named<Composer>> cells() {
        return RecurrentCases.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatIsWrittenOfACellYieldsTheSameInOnnxRuntime(Composer composer, @TempDir Path folder) throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            Model model = composed(composer, seed);
            List<float[]> expected = OnnxRuntime.run(model.onnx.build().toByteArray(), model.feeds);
            Path written = folder.resolve("net.onnx");
            OnnxWriter.write(model.onnx.read(), written);
            List<float[]> again = OnnxRuntime.run(Files.readAllBytes(written), model.feeds);
            assertThat(again).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertClose(again.get(i), expected.get(i), model.tolerance, "seed " + seed + " output " + i);
            }
        }
    }

    private static Model composed(Composer composer, long seed) {
        Model model = new Model(seed);
        model.opset(13, 13);
        composer.compose(model);
        if (model.onnx.graph.getOutputCount() == 0) {
            model.onnx.graph.addOutput(OnnxModels.valueInfo("y", DataType.FLOAT_VALUE).toBuilder()
                    .setType(ai.onnx.proto.OnnxMl.TypeProto.newBuilder()
                            .setTensorType(ai.onnx.proto.OnnxMl.TypeProto.Tensor.newBuilder()
                                    .setElemType(DataType.FLOAT_VALUE))));
        }
        return model;
    }

    static void assertClose(float[] actual, float[] expected, double tolerance, String where) {
        assertThat(actual).as(where).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
            if (!(Math.abs((double) actual[i] - expected[i]) <= allowed)
                    && !(Float.isNaN(actual[i]) && Float.isNaN(expected[i]))) {
                throw new AssertionError(where + ", element " + i + ": " + actual[i] + ", expected " + expected[i]);
            }
        }
    }

    static TensorProto.Builder bytes(String name, int type, int[] values, long... extents) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
        for (long extent : extents) {
            tensor.addDims(extent);
        }
        for (int value : values) {
            tensor.addInt32Data(value);
        }
        return tensor;
    }

    static AttributeProto axis(long axis) {
        return integer("axis", axis);
    }

    static AttributeProto alpha(float alpha) {
        return number("alpha", alpha);
    }
}
