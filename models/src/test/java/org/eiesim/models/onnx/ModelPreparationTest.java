package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights outside the model, sparse ones, functions, branches and bound inputs. */
class ModelPreparationTest {
    private static final float[] WEIGHTS = {1, 2, 3, 4, 5, 6};

    @TempDir
    private Path folder;

    private static TensorProto.Builder external(String location, String offset, String length) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT_VALUE)
                .addDims(2)
                .addDims(3)
                .setDataLocation(DataLocation.EXTERNAL);
        Map<String, String> entries = Map.of("location", location, "offset", offset, "length", length);
        entries.forEach((key, value) -> {
            if (!value.isEmpty()) {
                tensor.addExternalData(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value));
            }
        });
        return tensor;
    }

    private Path write(TensorProto.Builder weight) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * WEIGHTS.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(8);
        for (float value : WEIGHTS) {
            bytes.putFloat(value);
        }
        Path models = Files.createDirectories(folder.resolve("models"));
        Files.write(models.resolve("w.bin"), bytes.array());
        Files.write(folder.resolve("outside.bin"), bytes.array());
        if (!Files.exists(models.resolve("link.bin"))) {
            Files.createSymbolicLink(models.resolve("link.bin"), folder.resolve("outside.bin"));
        }
        Path file = models.resolve("net.onnx");
        Files.write(
                file,
                OnnxModels.withInput("x", 1, 2)
                        .tensor(weight)
                        .node("MatMul", "m", List.of("x", "w"), "y")
                        .output("y")
                        .build()
                        .toByteArray());
        return file;
    }

    @Test
    void weightsLieInAFileBesideTheModel() throws IOException {
        Network network = OnnxReader.read(write(external("w.bin", "8", "24")));
        assertThat(new ReferenceExecutor(network).run(new float[] {1, 10})).containsExactly(41, 52, 63);
        assertThat(new ReferenceExecutor(OnnxReader.read(write(external("./w.bin", "8", "")))).run(new float[] {1, 0}))
                .containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../outside.bin|8|24|plain path inside the model's folder",
                "a/../../outside.bin|8|24|plain path inside the model's folder",
                "/etc/passwd|0|24|plain path inside the model's folder",
                "link.bin|8|24|plain path inside the model's folder",
                "..\\outside.bin|8|24|plain path inside the model's folder",
                "missing.bin|8|24|is not there",
                "w.bin|12|24|do not lie in w.bin, which has 32 bytes",
                "w.bin|8|20|needs 24 bytes, but 20",
                "w.bin|9223372036854775807|24|do not lie in w.bin",
                "w.bin|-8|24|offset -8 is not a whole number of bytes"
            })
    void aPlaceOutsideTheFolderOrTheFileIsRefused(String location, String offset, String length, String message)
            throws IOException {
        Path file = write(external(location, offset, length));
        assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("tensor w")
                .hasMessageContaining(message);
    }

    private static SparseTensorProto.Builder sparse(long... positions) {
        TensorProto.Builder indices =
                TensorProto.newBuilder().setDataType(DataType.INT64_VALUE).addDims(2);
        if (positions.length > 2) {
            indices.addDims(2);
        }
        for (long position : positions) {
            indices.addInt64Data(position);
        }
        return SparseTensorProto.newBuilder()
                .addDims(2)
                .addDims(3)
                .setValues(OnnxModels.tensorOf(new float[] {7, 9}, 2).setName("w"))
                .setIndices(indices);
    }

    @Test
    void sparseTensorsHaveOneIndexOrOnePerAxis() throws IOException {
        for (SparseTensorProto.Builder weight : List.of(sparse(1, 5), sparse(0, 1, 1, 2))) {
            OnnxModels model = OnnxModels.withInput("x", 1, 2)
                    .node("MatMul", "m", List.of("x", "w"), "y")
                    .output("y");
            model.graph.addSparseInitializer(weight);
            assertThat(model.run(1, 10)).containsExactly(0, 7, 90);
            OnnxModels constant = OnnxModels.withInput("x", 1, 2);
            constant.node(
                            "Constant",
                            "c",
                            List.of(),
                            "w",
                            AttributeProto.newBuilder()
                                    .setName("sparse_value")
                                    .setType(AttributeProto.AttributeType.SPARSE_TENSOR)
                                    .setSparseTensor(weight)
                                    .build())
                    .node("MatMul", "m", List.of("x", "w"), "y")
                    .output("y");
            assertThat(constant.run(1, 10)).containsExactly(0, 7, 90);
        }
        OnnxModels outside = OnnxModels.withInput("x", 1, 2)
                .node("MatMul", "m", List.of("x", "w"), "y")
                .output("y");
        outside.graph.addSparseInitializer(sparse(1, 6));
        assertThatThrownBy(outside::read).hasMessageContaining("place 6 of 6");
    }

    private static FunctionProto function(String name, String inner, String... functionDomain) {
        return FunctionProto.newBuilder()
                .setName(name)
                .setDomain("local")
                .addInput("a")
                .addOutput("r")
                .addAttribute("slope")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .addNode(NodeProto.newBuilder()
                        .setOpType(inner)
                        .setDomain(functionDomain.length == 0 ? "" : functionDomain[0])
                        .addInput("a")
                        .addOutput("t")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName(functionDomain.length == 0 ? "alpha" : "slope")
                                .setType(AttributeProto.AttributeType.FLOAT)
                                .setRefAttrName("slope")))
                .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("t").addOutput("r"))
                .build();
    }

    private static ModelProto calling(FunctionProto... functions) {
        OnnxModels model = OnnxModels.withInput("x", 1, 2);
        for (String[] call : new String[][] {{"x", "t"}, {"t", "y"}}) {
            model.graph.addNode(NodeProto.newBuilder()
                    .setOpType(functions[0].getName())
                    .setDomain("local")
                    .addInput(call[0])
                    .addOutput(call[1])
                    .addAttribute(GraphExport.number("slope", 0.5f)));
        }
        return model.output("y").build().toBuilder()
                .addAllFunctions(List.of(functions))
                .build();
    }

    @Test
    void functionsStandInThePlaceOfTheirCalls() throws IOException {
        Network network = OnnxModels.read(calling(function("F", "LeakyRelu")).toByteArray());
        // Twice -leaky(x): 4 gives -4 gives 2; -4 gives 2 gives -2.
        assertThat(new ReferenceExecutor(network).run(new float[] {4, -4})).containsExactly(2, -2);
        Network nested = OnnxModels.read(
                calling(function("G", "F", "local"), function("F", "LeakyRelu")).toByteArray());
        assertThat(new ReferenceExecutor(nested).run(new float[] {4, -4})).containsExactly(4, -1);
    }

    @Test
    void aFunctionThatCallsItselfIsRefused() {
        byte[] model = calling(function("F", "F", "local")).toByteArray();
        assertThatThrownBy(() -> OnnxModels.read(model))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("calls itself");
    }

    @Test
    void aBoundInputIsAConstant() throws IOException {
        OnnxModels model = OnnxModels.withInput("x", 1, 2);
        model.graph.addInput(OnnxModels.valueInfo("sr", DataType.INT64_VALUE));
        model.int64s("rate", 16000)
                .node("Equal", "e", List.of("sr", "rate"), "is16")
                .node("If", "i", List.of("is16"), "y", branch("then_branch", "Neg"), branch("else_branch", "Relu"))
                .output("y");
        Path file = folder.resolve("net.onnx");
        Files.write(file, model.build().toByteArray());
        for (Network network : List.of(
                OnnxReader.read(file, Map.of(), Map.of("sr", 16000.0)), OnnxReader.read(file, Map.of("sr", 16000)))) {
            assertThat(network.inputs()).hasSize(1);
            assertThat(new ReferenceExecutor(network).run(new float[] {3, -4})).containsExactly(-3, 4);
        }
        assertThat(new ReferenceExecutor(OnnxReader.read(file, Map.of(), Map.of("sr", 8000.0)))
                        .run(new float[] {3, -4}))
                .containsExactly(3, 0);
        assertThatThrownBy(() -> OnnxReader.read(file, Map.of(), Map.of("rs", 8000.0)))
                .hasMessageContaining("no input rs to bind; its inputs are [x, sr]");
        assertThatThrownBy(() -> OnnxReader.read(file, Map.of(), Map.of("sr", 0.5)))
                .hasMessageContaining("INT64, which cannot be 0.5");
    }

    /** Both branches call what they yield r. */
    private static AttributeProto branch(String name, String operator) {
        OnnxModels body = new OnnxModels();
        body.node(operator, "", List.of("x"), "r").output("r");
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body.graph.setName(name))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "80 02 8a 0a, pickle",
        "93 4e 55 4d 50 59 01 00, NumPy",
        "89 48 44 46 0d 0a 1a 0a, HDF5",
        "1c 00 00 00 54 46 4c 33, TensorFlow Lite"
    })
    void aFileOfAnotherFormatIsCalledSo(String bytes, String name) throws IOException {
        String[] parts = bytes.split(" ");
        byte[] start = new byte[600];
        for (int i = 0; i < parts.length; i++) {
            start[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        Path file = Files.write(folder.resolve("net.onnx"), start);
        assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("not an ONNX file but a")
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"archive/data.pkl, PyTorch", "metadata.json, Keras", "weight.npy, NumPy archive"})
    void archivesAreToldApart(String entry, String name) throws IOException {
        Path file = folder.resolve("net.onnx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.closeEntry();
        }
        assertThatThrownBy(() -> OnnxReader.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("not an ONNX file but a")
                .hasMessageContaining(name);
    }
}
