package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.SharedWeightImport;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.onnx.OnnxReader;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.exact.ExactEngine;
import org.junit.jupiter.api.Test;

/** Operators on one, two and three spatial axes, imported from ONNX, run on the machine as they do in the reference. */
class SpatialNetworksTest {
    private final Random random = new Random(5);
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("spatial");

    @Test
    void volumes() throws IOException {
        input(2, 4, 5, 4);
        weights("w", 4, 1, 2, 3, 2);
        weights("b", 4);
        node("Conv", "conv", List.of("x", "w", "b"), "c", ints("pads", 1, 0, 1, 0, 2, 0), integer("group", 2));
        node("Relu", "relu", List.of("c"), "r");
        node("MaxPool", "pool", List.of("r"), "p", ints("kernel_shape", 2, 2, 2), ints("strides", 1, 2, 1));
        weights("v", 4, 2, 2, 2, 2);
        node("ConvTranspose", "up", List.of("p", "v"), "y", ints("strides", 2, 1, 2));
        assertRunsAsReference(2);
    }

    @Test
    void rows() throws IOException {
        input(3, 9);
        weights("w", 4, 3, 3);
        node("Conv", "conv", List.of("x", "w"), "c", ints("dilations", 2));
        weights("scale", 4);
        weights("bias", 4);
        node("InstanceNormalization", "norm", List.of("c", "scale", "bias"), "n");
        node("AveragePool", "pool", List.of("n"), "p", ints("kernel_shape", 2));
        weights("v", 4, 3, 4);
        node("ConvTranspose", "up", List.of("p", "v"), "u", ints("strides", 2), ints("pads", 1, 1));
        node("LpNormalization", "unit", List.of("u"), "y", integer("axis", 1));
        assertRunsAsReference(2);
    }

    @Test
    void images() throws IOException {
        input(4, 3, 4);
        longs("pads", 0, 0, 1, 2, 0, 0, 1, 0);
        node("Pad", "pad", List.of("x", "pads"), "p", word("mode", "reflect"));
        weights("v", 4, 2, 3, 3);
        node("ConvTranspose", "up", List.of("p", "v"), "u", ints("strides", 2, 2), integer("group", 2));
        longs("sizes", 1, 4, 5, 7);
        node("Resize", "resize", List.of("u", "", "", "sizes"), "s", word("mode", "linear"));
        weights("w", 8, 4, 3, 3);
        node("Conv", "conv", List.of("s", "w"), "c");
        node("DepthToSpace", "shuffle", List.of("c"), "d", integer("blocksize", 2));
        node("LpPool", "norms", List.of("d"), "y", ints("kernel_shape", 2, 2));
        assertRunsAsReference(2);
    }

    private void assertRunsAsReference(int numLayers) throws IOException {
        graph.addOutput(ValueInfoProto.newBuilder().setName("y"));
        byte[] model = ModelProto.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
                .setGraph(graph)
                .build()
                .toByteArray();
        Network network = OnnxReader.read(new ByteArrayInputStream(model), "spatial", Map.of());
        CompressedNetwork shared = SharedWeightImport.of(network, "0.1.0");
        assertThat(SharedWeightImport.unshared(shared)).isEmpty();
        assertThat(network.weights()).hasSizeGreaterThanOrEqualTo(numLayers);
        float[] sample = new float[network.inputs().get(0).shape().size()];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (float) random.nextGaussian();
        }
        float[] expected = new ReferenceExecutor(network).run(sample);
        for (List<String> settings : List.of(List.of("pes=4"), List.of("pes=3", "spmat_sram_bytes=64"))) {
            MachineConfig config = MachineConfig.defaults().withSettings(settings);
            Program program = Lowering.compile(shared, config.target());
            float[] actual = new ProgramMachine(program, config, new ExactEngine(), Numeric.FLOAT32)
                    .run(sample, 1)
                    .outputs();
            assertThat(plusZero(actual)).as("%s", settings).containsExactly(plusZero(expected));
        }
    }

    /** The machine keeps no sign of zero. */
    private static float[] plusZero(float[] values) {
        float[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += 0f;
        }
        return result;
    }

    private void input(int... extents) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1));
        for (int extent : extents) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
        }
        graph.addInput(ValueInfoProto.newBuilder()
                .setName("x")
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape))));
    }

    /** Adds weights of few values, which can be shared. */
    private void weights(String name, int... extents) {
        float[] values = {0, 0, -0.5f, 0.25f, 0.75f, 1.5f};
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
        for (int extent : extents) {
            tensor.addDims(extent);
        }
        int size = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
        for (int i = 0; i < size; i++) {
            tensor.addFloatData(values[random.nextInt(values.length)]);
        }
        graph.addInitializer(tensor);
    }

    private void longs(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
    }

    private void node(String operator, String name, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
    }

    private static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto word(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }
}
