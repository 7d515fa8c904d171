package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * Tensors whose elements lie in files beside the model. Only files inside the model's folder are read, and no symbolic
 * link is followed.
 */
final class ExternalWeights {
    private final @Nullable Path folder;
    private final Map<String, Path> files = new HashMap<>();

    private ExternalWeights(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * Brings all tensors of a graph inside.
     *
     * @param graph the graph
     * @param folder the folder of the model, or null where it has none
     * @return the graph with the elements in it
     * @throws FormatException if a file is missing, outside the folder or too short
     */
    static GraphProto load(GraphProto graph, @Nullable Path folder) throws FormatException {
        ExternalWeights weights = new ExternalWeights(folder);
        return GraphRewriting.tensors(graph, weights::load);
    }

    private TensorProto load(TensorProto tensor) throws FormatException {
        if (tensor.getDataLocation() != DataLocation.EXTERNAL) {
            return tensor;
        }
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        Path file = file(tensor, entries.getOrDefault("location", ""));
        long offset = number(tensor, entries, "offset", 0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = number(tensor, entries, "length", expectedBytes(tensor));
            if (offset > channel.size() || length > channel.size() - offset) {
                throw error(
                        tensor,
                        "its " + length + " bytes from byte " + offset + " on do not lie in " + file.getFileName()
                                + ", which has " + channel.size() + " bytes");
            }
            if (length > Integer.MAX_VALUE) {
                throw error(tensor, "has " + length + " bytes; at most 2 GiB are supported");
            }
            ByteString elements =
                    UnsafeByteOperations.unsafeWrap(channel.map(FileChannel.MapMode.READ_ONLY, offset, length));
            return tensor.toBuilder()
                    .clearDataLocation()
                    .clearExternalData()
                    .setRawData(elements)
                    .build();
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw error(tensor, "its file " + file.getFileName() + " cannot be read");
        }
    }

    private Path file(TensorProto tensor, String location) throws FormatException {
        if (folder == null) {
            throw error(tensor, "lies in another file; save the network with its weights inside");
        }
        Path known = files.get(location);
        if (known != null) {
            return known;
        }
        Path file = inside(folder, location);
        if (file == null) {
            throw error(
                    tensor,
                    "lies in " + LayerNames.shorten(location)
                            + ", which is not a plain path inside the model's folder; put the file beside the model");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw error(
                    tensor,
                    "lies in " + LayerNames.shorten(location) + ", which is not there; put it beside the model");
        }
        files.put(location, file);
        return file;
    }

    /** Returns the path of a file in a folder, or null where it would lead out of it or over a symbolic link. */
    private static @Nullable Path inside(Path folder, String location) {
        Path relative;
        try {
            relative = folder.getFileSystem().getPath(location.replace('\\', '/'));
        } catch (InvalidPathException e) {
            return null;
        }
        if (location.isEmpty() || relative.isAbsolute() || relative.getRoot() != null) {
            return null;
        }
        Path path = folder;
        for (Path part : relative) {
            if (part.toString().equals("..")) {
                return null;
            }
            path = path.resolve(part);
            if (Files.isSymbolicLink(path)) {
                return null;
            }
        }
        return path;
    }

    private static long number(TensorProto tensor, Map<String, String> entries, String key, long absent)
            throws FormatException {
        String text = entries.get(key);
        if (text == null) {
            return absent;
        }
        try {
            long value = Long.parseLong(text.strip());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a negative one is.
        }
        throw error(tensor, "its " + key + " " + LayerNames.shorten(text) + " is not a whole number of bytes");
    }

    private static long expectedBytes(TensorProto tensor) throws FormatException {
        long count = 1;
        try {
            for (long extent : tensor.getDimsList()) {
                count = Math.multiplyExact(count, extent);
            }
            return Math.multiplyExact(count, elementBits(tensor)) / Byte.SIZE;
        } catch (ArithmeticException e) {
            throw error(tensor, "has too many elements: shape " + tensor.getDimsList());
        }
    }

    private static long elementBits(TensorProto tensor) throws FormatException {
        TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
        if (type == null) {
            throw error(tensor, "is of the unknown data type " + tensor.getDataType());
        }
        return switch (type) {
            case DOUBLE, INT64, UINT64 -> Long.SIZE;
            case FLOAT, INT32, UINT32 -> Integer.SIZE;
            case FLOAT16, BFLOAT16, INT16, UINT16 -> Short.SIZE;
            case INT8, UINT8, BOOL -> Byte.SIZE;
            default -> throw error(tensor, "of type " + type + " cannot lie in another file");
        };
    }

    private static FormatException error(TensorProto tensor, String reason) {
        return new FormatException("tensor " + LayerNames.shorten(tensor.getName()), reason);
    }
}
