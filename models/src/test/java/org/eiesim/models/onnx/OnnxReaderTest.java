package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eiesim.models.onnx.OnnxModels.attribute;
import static org.eiesim.models.onnx.OnnxModels.tensorOf;
import static org.eiesim.models.onnx.OnnxModels.withInput;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.data.Offset;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxReaderTest {
    private static final float[] TWO_BY_THREE = {1, 2, 3, 4, 5, 6};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void theBatchAxisIsLeftOut(int batch) throws IOException {
        Network network = withInput("x", batch, 2, 3)
                .node("Flatten", "flat", List.of("x"), "f")
                .output("f")
                .read();
        assertThat(network.inputs()).containsExactly(new Network.Input("x", Shape.of(2, 3)));
        assertThat(network.name()).isEqualTo("hand");
        assertThat(network.outputs()).containsExactly("flat");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 11, 13, 21})
    void operatorSets9To21AreRead(int opset) throws IOException {
        assertThat(withInput("x", 0, 2)
                        .opset(opset)
                        .node("Relu", "", List.of("x"), "y")
                        .output("y")
                        .run(-1, 2))
                .containsExactly(0, 2);
    }

    @Test
    void gemmWithAndWithoutTransposition() throws IOException {
        assertThat(withInput("x", 0, 3)
                        .floats("w", TWO_BY_THREE, 2, 3)
                        .floats("b", new float[] {10, 20}, 2)
                        .node("Gemm", "g", List.of("x", "w", "b"), "y", attribute("transB", 1))
                        .output("y")
                        .run(1, 1, 2))
                .containsExactly(19, 41);
        assertThat(withInput("x", 0, 2)
                        .floats("w", TWO_BY_THREE, 2, 3)
                        .node("Gemm", "g", List.of("x", "w"), "y")
                        .output("y")
                        .run(1, 2))
                .containsExactly(9, 12, 15);
    }

    @Test
    void gemmFactorsGoIntoWeightsAndBias() throws IOException {
        OnnxModels model = withInput("x", 0, 3)
                .floats("w", TWO_BY_THREE, 2, 3)
                .floats("b", new float[] {4}, 1, 1)
                .node(
                        "Gemm",
                        "g",
                        List.of("x", "w", "b"),
                        "y",
                        attribute("transB", 1),
                        attribute("alpha", 2f),
                        attribute("beta", 0.5f))
                .output("y");
        assertThat(model.run(1, 0, 0)).containsExactly(4, 10);
        Node.Dense dense = (Node.Dense) model.read().nodes().get(0);
        assertThat(dense.weight().values()).containsExactly(2, 4, 6, 8, 10, 12);
    }

    @Test
    void aBetaOfZeroDropsTheBias() throws IOException {
        Network network = withInput("x", 0, 3)
                .floats("w", TWO_BY_THREE, 2, 3)
                .floats("b", new float[] {4, 5}, 2)
                .node("Gemm", "g", List.of("x", "w", "b"), "y", attribute("transB", 1), attribute("beta", 0f))
                .output("y")
                .read();
        assertThat(((Node.Dense) network.nodes().get(0)).bias()).isNull();
    }

    @Test
    void matMulAndAddBecomeOneDenseLayerEvenThroughIdentity() throws IOException {
        for (boolean constantFirst : new boolean[] {false, true}) {
            OnnxModels model = withInput("x", 0, 2)
                    .floats("w", TWO_BY_THREE, 2, 3)
                    .floats("b", new float[] {1, 2, 3}, 1, 3)
                    .node("MatMul", "fc", List.of("x", "w"), "p")
                    .node("Identity", "same", List.of("p"), "q")
                    .node("Add", "bias", constantFirst ? List.of("b", "q") : List.of("q", "b"), "y")
                    .node("Tanh", "act", List.of("y"), "z")
                    .output("z");
            Network network = model.read();
            assertThat(network.nodes().stream().map(Node::name)).containsExactly("fc", "act");
            float[] z = model.run(0.1f, 0.2f);
            assertThat(z[0]).isCloseTo((float) Math.tanh(1.9), Offset.offset(1e-6f));
            assertThat(z[2]).isCloseTo((float) Math.tanh(4.5), Offset.offset(1e-6f));
        }
    }

    @Test
    void matMulWorksOnTheLastAxisOfSeveral() throws IOException {
        assertThat(withInput("x", 0, 2, 2)
                        .floats("w", TWO_BY_THREE, 2, 3)
                        .floats("b", new float[] {0.5f})
                        .node("MatMul", "fc", List.of("x", "w"), "p")
                        .node("Add", "bias", List.of("p", "b"), "y")
                        .output("y")
                        .run(1, 0, 0, 1))
                .containsExactly(1.5f, 2.5f, 3.5f, 4.5f, 5.5f, 6.5f);
    }

    @Test
    void computedValuesAreAdded() throws IOException {
        assertThat(withInput("x", 0, 2)
                        .node("Sigmoid", "s", List.of("x"), "sx")
                        .node("Add", "sum", List.of("x", "sx"), "y")
                        .output("y")
                        .run(0, 0))
                .containsExactly(0.5f, 0.5f);
    }

    @Test
    void dropoutAndIdentityVanish() throws IOException {
        OnnxModels model = withInput("x", 0, 2)
                .floats("ratio", new float[] {0.5f})
                .tensor(TensorProto.newBuilder()
                        .setName("mode")
                        .setDataType(DataType.BOOL_VALUE)
                        .setRawData(ByteString.copyFrom(new byte[1])))
                .node("Dropout", "d", List.of("x", "ratio", "mode"), "y")
                .node("Identity", "i", List.of("y"), "z")
                .output("z");
        assertThat(model.read().nodes()).isEmpty();
        assertThat(model.read().outputs()).containsExactly("x");
        assertThat(model.run(3, 4)).containsExactly(3, 4);
        assertThat(withInput("x", 0, 2)
                        .opset(10)
                        .node("Dropout", "d", List.of("x"), "y", attribute("ratio", 0.3f))
                        .output("y")
                        .run(3, 4))
                .containsExactly(3, 4);
    }

    @Test
    void reshapeKeepsTheBatchHoweverItIsWritten() throws IOException {
        long[][] shapes = {{0, -1}, {-1, 12}, {5, 12}, {5, -1}, {0, 12}};
        for (long[] shape : shapes) {
            assertReshape("12", shape);
        }
        assertReshape("2x6", 0, 2, 6);
        assertReshape("2x3x2", -1, 2, 3, 2);
        assertReshape("2x2x3", 0, 0, -1, 3);
    }

    private static void assertReshape(String expected, long... shape) throws IOException {
        OnnxModels model = withInput("x", 5, 2, 6)
                .int64s("shape", shape)
                .node("Reshape", "r", List.of("x", "shape"), "y")
                .output("y");
        assertThat(((Node.Reshape) model.read().nodes().get(0)).shape()).hasToString(expected);
    }

    @Test
    void flattenSkipsAxesOfExtentOne() throws IOException {
        assertThat(withInput("x", 0, 1, 2, 3)
                        .node("Flatten", "f", List.of("x"), "y", attribute("axis", 2))
                        .output("y")
                        .read()
                        .nodes())
                .containsExactly(new Node.Flatten("f", "x"));
        assertThat(withInput("x", 0, 3)
                        .node("Flatten", "f", List.of("x"), "y", attribute("axis", -1))
                        .output("y")
                        .read()
                        .nodes())
                .hasSize(1);
    }

    @Test
    void softmaxOverTheLastAxisInOldAndNewMeaning() throws IOException {
        for (int opset : new int[] {9, 13}) {
            float[] y = withInput("x", 0, 2)
                    .opset(opset)
                    .node("Softmax", "s", List.of("x"), "y", attribute("axis", 1))
                    .output("y")
                    .run((float) Math.log(3), 0);
            assertThat(y).containsExactly(new float[] {0.75f, 0.25f}, Offset.offset(1e-6f));
        }
        assertThat(withInput("x", 0, 1, 2)
                        .opset(9)
                        .node("Softmax", "s", List.of("x"), "y")
                        .output("y")
                        .run(0, 0))
                .containsExactly(0.5f, 0.5f);
    }

    @Test
    void constantNodesInAllForms() throws IOException {
        AttributeProto floats = AttributeProto.newBuilder()
                .setName("value_floats")
                .setType(AttributeProto.AttributeType.FLOATS)
                .addFloats(10)
                .addFloats(20)
                .build();
        AttributeProto integers = AttributeProto.newBuilder()
                .setName("value_ints")
                .setType(AttributeProto.AttributeType.INTS)
                .addInts(0)
                .addInts(2)
                .addInts(1)
                .build();
        assertThat(withInput("x", 0, 3)
                        .node("Constant", "", List.of(), "w", attribute("value", tensorOf(TWO_BY_THREE, 2, 3)))
                        .node("Constant", "", List.of(), "b", floats)
                        .node("Constant", "", List.of(), "shape", integers)
                        .node("Constant", "", List.of(), "c", attribute("value_float", 0.5f))
                        .node("Gemm", "g", List.of("x", "w", "b"), "y", attribute("transB", 1))
                        .node("Reshape", "r", List.of("y", "shape"), "z")
                        .node("MatMul", "m", List.of("z", "v"), "t")
                        .node("Add", "a", List.of("t", "c"), "u")
                        .floats("v", new float[] {2}, 1, 1)
                        .output("u")
                        .run(1, 0, 0))
                .containsExactly(22.5f, 48.5f);
    }

    @Test
    void initialisersMayAlsoBeListedAsInputs() throws IOException {
        OnnxModels model = withInput("x", 0, 3).floats("w", TWO_BY_THREE, 2, 3);
        model.graph.addInput(OnnxModels.valueInfo("w", DataType.FLOAT_VALUE, 2, 3));
        Network network = model.node("Gemm", "g", List.of("x", "w"), "y", attribute("transB", 1))
                .output("y")
                .read();
        assertThat(network.inputs()).hasSize(1);
    }

    @Test
    void weightsAreReadFromEveryEncoding() throws IOException {
        float[] values = {1, -2.5f, 0.125f, 65504, -6.1035156e-5f, 5.9604645e-8f};
        ByteBuffer raw = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer doubles = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        TensorProto.Builder typedDoubles = encoded(DataType.DOUBLE_VALUE);
        for (float value : values) {
            raw.putFloat(value);
            doubles.putDouble(value);
            typedDoubles.addDoubleData(value);
        }
        int[] halves = {0x3C00, 0xC100, 0x3000, 0x7BFF, 0x8400, 0x0001};
        ByteBuffer rawHalves = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        TensorProto.Builder typedHalves = encoded(DataType.FLOAT16_VALUE);
        for (int half : halves) {
            rawHalves.putShort((short) half);
            typedHalves.addInt32Data(half);
        }
        List<TensorProto.Builder> encodings = List.of(
                tensorOf(values, 2, 3),
                encoded(DataType.FLOAT_VALUE).setRawData(ByteString.copyFrom(raw.array())),
                encoded(DataType.DOUBLE_VALUE).setRawData(ByteString.copyFrom(doubles.array())),
                typedDoubles,
                encoded(DataType.FLOAT16_VALUE).setRawData(ByteString.copyFrom(rawHalves.array())),
                typedHalves);
        for (TensorProto.Builder encoding : encodings) {
            Network network = withInput("x", 0, 3)
                    .tensor(encoding.setName("w"))
                    .node("Gemm", "g", List.of("x", "w"), "y", attribute("transB", 1))
                    .output("y")
                    .read();
            assertThat(((Node.Dense) network.nodes().get(0)).weight().values()).containsExactly(values);
        }
    }

    @Test
    void bfloat16IsTheUpperHalfOfAFloat() throws IOException {
        TensorProto.Builder weight = TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.BFLOAT16_VALUE)
                .addDims(1)
                .addDims(2)
                .addInt32Data(0x3FC0)
                .addInt32Data(0xC000);
        Network network = withInput("x", 0, 1)
                .tensor(weight)
                .node("MatMul", "m", List.of("x", "w"), "y")
                .output("y")
                .read();
        assertThat(((Node.Dense) network.nodes().get(0)).weight().values()).containsExactly(1.5f, -2);
    }

    @Test
    void layersAreNamedAsUsersKnowThem() throws IOException {
        assertThat(layerName("ip1", "anything")).isEqualTo("ip1");
        assertThat(layerName("", "ip1.weight")).isEqualTo("ip1");
        assertThat(layerName("/fc1/Gemm", "fc1.weight")).isEqualTo("fc1");
        assertThat(layerName("Gemm_0", "classifier.3.weight")).isEqualTo("classifier.3");
        assertThat(layerName("sequential/dense/MatMul", "sequential/dense/kernel:0"))
                .isEqualTo("sequential.dense");
        assertThat(layerName("/query/MatMul", "onnx::MatMul_12")).isEqualTo("query.MatMul");
        assertThat(layerName("", "w")).isEqualTo("out");
        assertThat(layerName("../../etc\n", "w")).isEqualTo("_......etc_");
    }

    @Test
    void sharedWeightsAndClashesGetNumbers() throws IOException {
        Network network = withInput("x", 0, 2)
                .floats("x.weight", new float[] {1, 2, 3, 4}, 2, 2)
                .node("MatMul", "", List.of("x", "x.weight"), "a")
                .node("MatMul", "", List.of("a", "x.weight"), "b")
                .node("MatMul", "x_3", List.of("b", "x.weight"), "c")
                .output("c")
                .read();
        assertThat(network.nodes().stream().map(Node::name)).containsExactly("x_2", "x_3", "x_3_2");
    }

    private static String layerName(String node, String weight) throws IOException {
        OnnxModels model =
                withInput("x", 0, 1).floats(weight, new float[] {1}, 1, 1).output("out");
        model.graph.addNode(NodeProto.newBuilder()
                .setOpType(node.endsWith("MatMul") ? "MatMul" : "Gemm")
                .setName(node)
                .addInput("x")
                .addInput(weight)
                .addOutput("out"));
        return model.read().nodes().get(0).name();
    }

    private static TensorProto.Builder encoded(int type) {
        return TensorProto.newBuilder().setDataType(type).addDims(2).addDims(3);
    }
}
