package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.importers.ForeignFormat;
import org.eiesim.models.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * Reads ONNX files, operator sets 7 to 24.
 *
 * <p>An axis of an input along which samples are independent, as a rule the first, is the batch and is left out, whatever its
 * declared extent; an input whose axes are all mixed with one another is taken whole. Constants may be
 * initialisers or Constant nodes, of float32, float16, bfloat16 or float64 (rounded to float32). Where the file leaves a
 * node without a name of its own, a layer is named after its weight tensor: {@code ip1.weight} gives {@code ip1}.
 *
 * <p>What has no exact counterpart in a {@link Network} is refused with the names of node, operator and attribute.
 */
public final class OnnxReader {
    private static final long MIN_OPSET = 7;
    private static final long MAX_OPSET = 24;
    private static final long MAX_BYTES = Integer.MAX_VALUE;

    private OnnxReader() {}

    /**
     * Reads a file.
     *
     * @param path its path
     * @return the network
     * @throws FormatException if the file is missing, is not an ONNX file, is damaged, holds something that is not
     *     supported, or a weight is NaN or infinite; the message starts with the path
     * @throws IOException if reading fails
     */
    public static Network read(Path path) throws IOException {
        return read(path, Map.of());
    }

    /**
     * Reads a file whose inputs may have dynamic dimensions besides the batch.
     *
     * @param path its path
     * @param dimensions the extents of such dimensions by the names the file gives them, each &ge; 1; the name of an input
     *     that is a single number gives that its value
     * @return the network
     * @throws FormatException as for {@link #read(Path)}, or if a dimension has no extent
     * @throws IOException if reading fails
     */
    public static Network read(Path path, Map<String, Integer> dimensions) throws IOException {
        return read(path, dimensions, Map.of());
    }

    /**
     * Reads a file some of whose inputs are given, as a sampling rate, and become constants.
     *
     * @param path its path; weights in other files must lie in its folder
     * @param dimensions the extents of dynamic dimensions by name
     * @param bindings the value of each such input by name
     * @return the network
     * @throws FormatException as for {@link #read(Path, Map)}, or if there is no such input, or none of that type
     * @throws IOException if reading fails
     */
    public static Network read(Path path, Map<String, Integer> dimensions, Map<String, Double> bindings)
            throws IOException {
        return report(path, dimensions, bindings).network();
    }

    /**
     * Reads a file and says what has become of every node of it.
     *
     * @param path its path
     * @param dimensions the extents of dynamic dimensions by name
     * @param bindings the value of inputs that are given, by name
     * @return the network and its file's nodes
     * @throws FormatException as for {@link #read(Path, Map, Map)}
     * @throws IOException if reading fails
     */
    public static ImportReport report(Path path, Map<String, Integer> dimensions, Map<String, Double> bindings)
            throws IOException {
        if (!Files.isRegularFile(path)) {
            boolean isSavedModel = Files.isRegularFile(path.resolve("saved_model.pb"));
            if (isSavedModel) {
                throw new FormatException(
                        path.toString(),
                        "is a TensorFlow SavedModel; convert it with python -m tf2onnx.convert --saved-model");
            }
            throw new FormatException(path.toString(), Files.exists(path) ? "is not a file" : "there is no such file");
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new FormatException(path.toString(), "has " + Files.size(path) + " bytes; ONNX files end at 2 GiB");
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(path))) {
            requireOnnx(stream, path);
            Path folder = path.toAbsolutePath().getParent();
            return read(parse(stream), folder, stem(path), dimensions, bindings);
        } catch (FormatException e) {
            throw e.within(path.toString());
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param stream the bytes of an ONNX file
     * @param defaultName the network's name where the file gives none
     * @param dimensions the extents of dynamic dimensions by name
     * @return the network
     * @throws FormatException as for {@link #read(Path)}
     * @throws IOException if reading fails
     */
    public static Network read(InputStream stream, String defaultName, Map<String, Integer> dimensions)
            throws IOException {
        return read(parse(stream), null, defaultName, dimensions, Map.of()).network();
    }

    private static void requireOnnx(InputStream stream, Path path) throws IOException {
        String other = ForeignFormat.describe(path);
        stream.mark(1);
        int first = stream.read();
        stream.reset();
        if (other.isEmpty() && (first == '{' || first == '<' || first == '#')) {
            other = "a text file";
        }
        if (!other.isEmpty()) {
            throw new FormatException("model", "not an ONNX file but " + other);
        }
    }

    private static ModelProto parse(InputStream stream) throws IOException {
        ModelProto model;
        try {
            model = ModelProto.parseFrom(stream);
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            // The decoder runs past its buffer where a message ends before a field of it does.
            throw new FormatException("model", "not an ONNX file, or truncated or damaged: malformed protobuf message");
        }
        if (!model.hasGraph()) {
            throw new FormatException("model", "not an ONNX file, or truncated: it holds no graph");
        }
        return model;
    }

    private static ImportReport read(
            ModelProto model,
            @Nullable Path folder,
            String defaultName,
            Map<String, Integer> dimensions,
            Map<String, Double> bindings)
            throws FormatException {
        Map<String, Double> values = new HashMap<>(bindings);
        Map<String, Integer> extents = new HashMap<>(dimensions);
        BoundInputs.scalars(model.getGraph()).forEach(scalar -> {
            Integer value = extents.remove(scalar);
            if (value != null) {
                values.putIfAbsent(scalar, value.doubleValue());
            }
        });
        ModelProto prepared = ModelPreparation.prepare(model, folder, values);
        BatchSearch.Imported imported = BatchSearch.run(prepared.getGraph(), opset(model), extents, defaultName);
        return new ImportReport(imported.network(), imported.journal().report(model.getGraph(), imported.network()));
    }

    /** Returns the version of ONNX's operator set that a model is written in. */
    static int opset(ModelProto model) throws FormatException {
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (OnnxNode.isDefaultDomain(set.getDomain())) {
                if (set.getVersion() < MIN_OPSET || set.getVersion() > MAX_OPSET) {
                    throw new FormatException(
                            "model",
                            "operator set " + set.getVersion() + " is not in " + MIN_OPSET + ".." + MAX_OPSET
                                    + "; export the network again with one that is");
                }
                return (int) set.getVersion();
            }
        }
        throw new FormatException("model", "it names no operator set of ONNX, or is truncated");
    }

    private static String stem(Path path) {
        Path file = path.getFileName();
        String name = file == null ? "" : file.toString();
        return name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name;
    }
}
