package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;

/**
 * Reads ONNX files, operator sets 9 to 21.
 *
 * <p>An axis of an input along which samples are independent, as a rule the first, is the batch and is left out, whatever its
 * declared extent; an input whose axes are all mixed with one another is taken whole. Constants may be
 * initialisers or Constant nodes, of float32, float16, bfloat16 or float64 (rounded to float32). Where the file leaves a
 * node without a name of its own, a layer is named after its weight tensor: {@code ip1.weight} gives {@code ip1}.
 *
 * <p>What has no exact counterpart in a {@link Network} is refused with the names of node, operator and attribute.
 */
public final class OnnxReader {
    private static final long MIN_OPSET = 9;
    private static final long MAX_OPSET = 21;
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
     * @param dimensions the extents of such dimensions by the names the file gives them, each &ge; 1
     * @return the network
     * @throws FormatException as for {@link #read(Path)}, or if a dimension has no extent
     * @throws IOException if reading fails
     */
    public static Network read(Path path, Map<String, Integer> dimensions) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new FormatException(path.toString(), Files.exists(path) ? "is not a file" : "there is no such file");
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new FormatException(path.toString(), "has " + Files.size(path) + " bytes; ONNX files end at 2 GiB");
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(path))) {
            return read(stream, stem(path), dimensions);
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
        ModelProto model;
        try {
            model = ModelProto.parseFrom(stream);
        } catch (InvalidProtocolBufferException e) {
            throw new FormatException("model", "not an ONNX file, or truncated or damaged: malformed protobuf message");
        }
        if (!model.hasGraph()) {
            throw new FormatException("model", "not an ONNX file, or truncated: it holds no graph");
        }
        return BatchSearch.run(model.getGraph(), opset(model), dimensions, defaultName);
    }

    private static int opset(ModelProto model) throws FormatException {
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
