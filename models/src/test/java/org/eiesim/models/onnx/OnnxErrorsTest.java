package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eiesim.models.onnx.OnnxModels.attribute;
import static org.eiesim.models.onnx.OnnxModels.withInput;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong or not supported gives one line that names it. */
class OnnxErrorsTest {
    private static final float[] FOUR = {1, 2, 3, 4};

    @TempDir
    Path folder;

    @Test
    void otherFiles() throws IOException {
        Path path = folder.resolve("net.onnx");
        assertThatThrownBy(() -> OnnxReader.read(path)).hasMessage(path + ": there is no such file");
        assertThatThrownBy(() -> OnnxReader.read(folder)).hasMessage(folder + ": is not a file");
        for (String content : List.of("", "hello, world\n", "\u0000\u0001\u0002", "x".repeat(1000))) {
            Files.writeString(path, content, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> OnnxReader.read(path))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith(path + ": model: not an ONNX file");
        }
    }

    @Test
    void operatorSets() {
        for (int version : new int[] {6, 25, 0, -1}) {
            assertError(relu().opset(version), "operator set " + version + " is not in 7..24");
        }
        ModelProto without = ModelProto.newBuilder(relu().build())
                .clearOpsetImport()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.other"))
                .build();
        assertThatThrownBy(() -> OnnxModels.read(without.toByteArray())).hasMessageContaining("no operator set");
    }

    @Test
    void operatorsAndAttributes() {
        assertError(
                withInput("x", 0, 2).node("Unique", "e1", List.of("x"), "y").output("y"),
                "node e1 (Unique): operator Unique is not supported");
        assertError(
                withInput("x", 0, 2).node("Det", "", List.of("x"), "y").output("y"),
                "node yielding y (Det): operator Det is not supported");
        assertError(
                withInput("x", 0, 2).node("DeformConv", "up", List.of("x"), "y").output("y"),
                "node up (DeformConv): operator DeformConv is not supported");
        assertError(
                withInput("x", 0, 2)
                        .node("BitShift", "b", List.of("x", "x"), "y")
                        .output("y"),
                "node b (BitShift): operator BitShift is not supported");
        assertError(
                withInput("x", 0, 2, 6, 6)
                        .opset(19)
                        .node(
                                "AveragePool",
                                "p",
                                List.of("x"),
                                "y",
                                GraphExport.integers("kernel_shape", 2, 2),
                                GraphExport.integers("pads", 1, 0, 1, 0),
                                attribute("count_include_pad", 1))
                        .output("y"),
                "node p (AveragePool): ONNX and ONNX Runtime 1.23 divide by different numbers");
        OnnxModels custom = withInput("x", 0, 2).output("y");
        custom.graph.addNode(NodeProto.newBuilder()
                .setOpType("Relu")
                .setDomain("com.other")
                .addInput("x")
                .addOutput("y"));
        assertError(custom, "operator com.other:Relu is not supported");
        assertError(
                withInput("x", 0, 2)
                        .node("Relu", "r", List.of("x"), "y", attribute("alpha", 1f))
                        .output("y"),
                "node r (Relu): attribute alpha is not supported");
        assertError(dense("Gemm", attribute("transA", 1)), "node g (Gemm): it mixes the samples of a batch");
        assertError(dense("Gemm", attribute("alpha", Float.NaN)), "attribute alpha = NaN");
        assertError(dense("Gemm", attribute("alpha", Float.MAX_VALUE)), "attribute alpha = 3.4028235E38 (value 1");
        assertError(dense("Gemm", attribute("transB", 1f)), "attribute transB is not a plain INT");
        assertError(dense("Gemm", attribute("transB", 1), attribute("transB", 1)), "two attributes are named transB");
        AttributeProto reference = AttributeProto.newBuilder()
                .setName("transB")
                .setRefAttrName("other")
                .setI(1)
                .build();
        assertError(dense("Gemm", reference), "attribute transB is not a plain INT");
        assertError(softmax(9, 0, 0, 2, 2), "node s (Softmax): it mixes the samples of a batch");
        assertError(softmax(13, 3, 0, 2, 2), "node s (Softmax): attribute axis = 3 for a value of 3 axes");
        assertError(
                withInput("x", 0, 2, 3)
                        .node("Flatten", "f", List.of("x"), "y", attribute("axis", 4))
                        .output("y"),
                "node f (Flatten): attribute axis = 4 for a value of 3 axes is not supported");
        AttributeProto text = AttributeProto.newBuilder()
                .setName("value_string")
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8("a"))
                .build();
        assertError(
                withInput("x", 0, 2).node("Constant", "c", List.of(), "y", text).output("y"),
                "node c (Constant): attribute value_string is not supported");
        assertError(withInput("x", 0, 2).node("Constant", "c", List.of(), "y").output("y"), "it has no value");
    }

    @Test
    void operands() {
        assertError(
                withInput("x", 0, 2).node("Relu", "r", List.of("later"), "y").output("y"),
                "node r (Relu): it reads later, which nothing before it yields");
        assertError(withInput("x", 0, 2).node("Relu", "r", List.of(), "y").output("y"), "it has 0 inputs, not 1");
        assertError(
                withInput("x", 0, 2).node("Relu", "r", List.of(""), "y").output("y"), "input 0 (from 0) is missing");
        assertError(
                withInput("x", 0, 2).node("MatMul", "m", List.of("x", "x"), "y").output("y"),
                "node m (MatMul): it mixes the samples of a batch, for which axis 0 of x was taken");
        assertError(
                withInput("x", 0, 2).node("Swish", "r", List.of("x"), "y").output("y"),
                "node r (Swish): it is an operator of operator set 24 and later");
        assertError(
                withInput("x", 0, 2)
                        .node("Relu", "r", List.of("x"), "y")
                        .node("Relu", "s", List.of("x"), "y")
                        .output("y"),
                "two nodes yield y");
        OnnxModels silent = withInput("x", 0, 2).output("x");
        silent.graph.addNode(NodeProto.newBuilder().setOpType("Relu").addInput("x"));
        assertError(silent, "node without a name (Relu): it has no output");
        assertError(
                withInput("x", 0, 2)
                        .tensor(TensorProto.newBuilder()
                                .setName("t")
                                .setDataType(DataType.BOOL_VALUE)
                                .addInt32Data(1))
                        .node("Dropout", "d", List.of("x", "", "t"), "y")
                        .output("y"),
                "node d (Dropout): training_mode is set");
    }

    @Test
    void shapes() {
        assertError(
                withInput("x", 0, 3)
                        .floats("w", FOUR, 2, 2)
                        .node("MatMul", "m", List.of("x", "w"), "y")
                        .output("y"),
                "node m (MatMul): ");
        assertError(
                withInput("x", 0, 3, 2)
                        .floats("w", FOUR, 2, 2)
                        .node("Gemm", "g", List.of("x", "w"), "y")
                        .output("y"),
                "must have 2 axes, not 3");
        long[][] badShapes = {
            {}, {2}, {7, 2}, {-1, 3}, {0, -1, 3}, {-1, -1}, {0, -1, -1}, {0, 2, 2, 0}, {0, -2}, {-5, 4}
        };
        for (long[] shape : badShapes) {
            assertError(
                    withInput("x", 0, 2, 2)
                            .int64s("s", shape)
                            .node("Reshape", "r", List.of("x", "s"), "y")
                            .output("y"),
                    "node r (Reshape): shape [");
        }
        assertError(
                withInput("x", 0, 2)
                        .node("Reshape", "r", List.of("x", "x"), "y")
                        .output("y"),
                "node r (Reshape): input 1 (from 0), x, is computed at run time");
        OnnxModels two = withInput("x", 0, 2);
        two.graph.addInput(OnnxModels.valueInfo("z", DataType.FLOAT_VALUE, 0, 3));
        assertError(
                two.node("Add", "a", List.of("x", "z"), "y").output("y"),
                "node a (Add): node a cannot take x of shape 2");
    }

    @Test
    void biases() {
        for (long[] extents : new long[][] {{4}, {1, 1, 2, 2}, {2, 2, 1}}) {
            assertError(
                    withInput("x", 0, 2)
                            .floats("w", FOUR, 2, 2)
                            .floats("c", FOUR, extents)
                            .node("Gemm", "g", List.of("x", "w", "c"), "y")
                            .output("y"),
                    "node g (Gemm): constant c of shape (");
        }
    }

    @Test
    void tensors() {
        assertTensorError(
                OnnxModels.tensorOf(new float[] {1, Float.NaN, 3, 4}, 2, 2), "tensor w: value 1 (from 0) is NaN");
        assertTensorError(
                OnnxModels.tensorOf(new float[] {1, 2, 3, Float.NEGATIVE_INFINITY}, 2, 2),
                "value 3 (from 0) is -Infinity");
        assertTensorError(
                TensorProto.newBuilder()
                        .setDataType(DataType.DOUBLE_VALUE)
                        .addDims(1)
                        .addDims(1)
                        .addDoubleData(1e300),
                "value 0 (from 0) is Infinity");
        assertTensorError(OnnxModels.tensorOf(FOUR, 2, 3), "shape [2, 3] needs 6 elements, but 4 are there");
        assertTensorError(
                OnnxModels.tensorOf(new float[0], 2, 2).setRawData(ByteString.copyFrom(new byte[15])),
                "needs 16 bytes, but 15 are there");
        assertTensorError(OnnxModels.tensorOf(FOUR, 1L << 40, 2), "has extent 1099511627776 on axis 0");
        assertTensorError(OnnxModels.tensorOf(FOUR, -2, -2), "has extent -2 on axis 0");
        assertTensorError(OnnxModels.tensorOf(FOUR, 0, 2), "has extent 0 on axis 0");
        assertTensorError(OnnxModels.tensorOf(FOUR, 1 << 30, 1 << 30), "too many elements");
        assertTensorError(OnnxModels.tensorOf(FOUR, 1, 1, 1, 1, 1, 1, 1, 2, 2), "has 9 axes");
        assertTensorError(OnnxModels.tensorOf(FOUR, 2, 2).setDataType(DataType.STRING_VALUE), "not STRING");
        assertTensorError(OnnxModels.tensorOf(FOUR, 2, 2).setDataType(77), "not data type 77");
        assertTensorError(
                OnnxModels.tensorOf(new float[0], 2, 2).setDataLocation(TensorProto.DataLocation.EXTERNAL),
                "lies in another file");
        assertTensorError(
                OnnxModels.tensorOf(FOUR, 2, 2)
                        .addExternalData(StringStringEntryProto.newBuilder().setKey("location")),
                "lies in another file");
        assertTensorError(
                OnnxModels.tensorOf(FOUR, 2, 2).setSegment(TensorProto.Segment.newBuilder()), "stored in segments");
        assertError(
                withInput("x", 0, 2)
                        .floats("s", new float[] {0, 2}, 2)
                        .node("Reshape", "r", List.of("x", "s"), "y")
                        .output("y"),
                "tensor s: must hold integers, not FLOAT");
        assertError(relu().floats("a", FOUR, 4).floats("a", FOUR, 4), "two tensors are named a");
        OnnxModels sparse = relu();
        sparse.graph.addSparseInitializer(SparseTensorProto.newBuilder()
                .addDims(1 << 20)
                .addDims(1 << 20)
                .setValues(TensorProto.newBuilder().setName("few")));
        assertError(sparse, "tensor few: is sparse, of shape [1048576, 1048576]");
    }

    @Test
    void inputsAndOutputs() {
        assertError(new OnnxModels().output("y"), "graph: it has no inputs");
        assertError(withInput("x", 0, 2), "graph: it has no outputs");
        assertError(withInput("x", 0, 2).output("y"), "output y: nothing yields it");
        assertError(withInput("x", 1, 1, 1, 1, 1, 1, 1, 1, 4).output("x"), "input x: it must have at most 8 axes");
        assertError(withInput("x", 0, 3, 0).output("x"), "input x: axis 2 (open) is dynamic");
        assertError(withInput("x", 0, -3).output("x"), "input x: axis 1 has extent -3");
        assertError(withInput("x", 0, 1 << 20, 1 << 20).output("x"), "input x: too many elements");
        OnnxModels tokens = new OnnxModels();
        tokens.graph.addInput(OnnxModels.valueInfo("ids", DataType.STRING_VALUE, 0, 3));
        assertError(tokens.output("ids"), "input ids: its elements must be numbers, not STRING");
        OnnxModels shapeless = new OnnxModels();
        shapeless.graph.addInput(OnnxModels.valueInfo("x", DataType.FLOAT_VALUE, 0, 3).toBuilder()
                .clearType());
        assertError(shapeless.output("x"), "input x: it has no declared shape");
    }

    @Test
    void dynamicDimensionsNeedAnExtent() throws IOException {
        OnnxModels model =
                withInput("x", 0, 0, 3).node("Relu", "r", List.of("x"), "y").output("y");
        assertError(model, "input x: axis 1 (open) is dynamic; give its extent (--dim open=N) or export");
        byte[] bytes = model.build().toByteArray();
        Network network = OnnxReader.read(new ByteArrayInputStream(bytes), "n", Map.of("open", 5));
        assertThat(network.inputs().get(0).shape()).hasToString("5x3");
    }

    @Test
    void cellsAndConditionsOutsideWhatIsSupported() {
        float[] ones = new float[64];
        Arrays.fill(ones, 1);
        OnnxModels peepholes = withInput("x", 2, 1, 1)
                .floats("w", Arrays.copyOf(ones, 4), 1, 4, 1)
                .floats("p", Arrays.copyOf(ones, 4), 1, 4)
                .node("LSTM", "l", List.of("x", "w", "w", "", "", "", "", "p"), "y")
                .output("y");
        assertError(peepholes, "node l (LSTM): node l: bias must have shape 3, not 4");
        OnnxModels clipped = withInput("x", 2, 1, 1)
                .floats("w", Arrays.copyOf(ones, 3), 1, 3, 1)
                .node("GRU", "g", List.of("x", "w", "w"), "y", attribute("clip", -3f))
                .output("y");
        assertError(clipped, "node g (GRU): attribute clip = -3.0 is not supported");
        assertError(
                withInput("x", 0, 1).node("If", "i", List.of("x"), "y").output("y"),
                "node i (If): input 0 (from 0), x, is computed at run time; only a constant is supported here");
    }

    @Test
    void hostileNamesStayOnOneShortLine() {
        String name = "a\nb\u001b[31m" + "c".repeat(10_000);
        assertThatThrownBy(() -> withInput("x", 0, 2)
                        .node("Nothing", name, List.of("x"), "y")
                        .output("y")
                        .read())
                .isInstanceOf(FormatException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContain("\n", "\u001b"));
    }

    private static OnnxModels relu() {
        return withInput("x", 0, 2).node("Relu", "r", List.of("x"), "y").output("y");
    }

    private static OnnxModels softmax(int opset, long axis, int... extents) {
        return withInput("x", extents)
                .opset(opset)
                .node("Softmax", "s", List.of("x"), "y", attribute("axis", axis))
                .output("y");
    }

    private static OnnxModels dense(String operator, AttributeProto... attributes) {
        return withInput("x", 0, 2)
                .floats("w", FOUR, 2, 2)
                .node(operator, "g", List.of("x", "w"), "y", attributes)
                .output("y");
    }

    private static void assertTensorError(TensorProto.Builder tensor, String part) {
        assertError(
                withInput("x", 0, 2)
                        .tensor(tensor.setName("w"))
                        .node("MatMul", "m", List.of("x", "w"), "y")
                        .output("y"),
                part);
    }

    private static void assertError(OnnxModels model, String part) {
        assertThatThrownBy(model::read)
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(part)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
