package org.eiesim.models.onnx;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Files of other formats that users give where an ONNX file is needed, told by their first bytes. */
final class ForeignFormats {
    /** As many first bytes as tell the formats apart. */
    static final int NUM_BYTES = 512;

    private ForeignFormats() {}

    /**
     * Names the format of a file.
     *
     * @param start its first bytes, {@link #NUM_BYTES} or all of them
     * @param name the file's name
     * @return what it is and what to do, or null where it is none of them
     */
    static @Nullable String describe(byte[] start, String name) {
        if (has(start, 4, "TFL3")) {
            return "a TensorFlow Lite file; convert it with python -m tf2onnx.convert --tflite";
        }
        if (has(start, 0, "\u0089HDF\r\n\u001a\n")) {
            return "an HDF5 file, as Keras saves (.h5, .weights.h5); convert the model with tf2onnx or keras"
                    + " model.export(..., format=\"onnx\")";
        }
        if (has(start, 0, "\u0093NUMPY")) {
            return "a NumPy array; a network of such arrays is a folder with a network.json, which eie import reads";
        }
        if (has(start, 0, "PK\u0003\u0004")) {
            return ofArchive(start, name);
        }
        if (has(start, 0, "\u001f\u008b")) {
            return "a gzip file; unpack it first";
        }
        boolean isPickle = start.length > 1 && (start[0] & 0xFF) == 0x80 && start[1] >= 2 && start[1] <= 5;
        if (isPickle) {
            return "a Python pickle, as torch.save wrote before version 1.6; load it in PyTorch and use"
                    + " torch.onnx.export";
        }
        if (start.length > 8 && start[8] == '{' && start[7] == 0 && start[6] == 0 && start[5] == 0) {
            return "a safetensors file, which holds weights without a network; load it in PyTorch and use"
                    + " torch.onnx.export";
        }
        if (has(start, 0, "GGUF")) {
            return "a GGUF file; export the network as ONNX from the framework it comes from";
        }
        return has(start, 0, "{") || has(start, 0, "<") || has(start, 0, "#")
                ? "a text file"
                : ofSavedModel(start, name);
    }

    private static String ofArchive(byte[] start, String name) {
        String first = new String(start, StandardCharsets.ISO_8859_1);
        if (name.endsWith(".keras") || first.contains("metadata.json") || first.contains("config.json")) {
            return "a Keras file; convert the model with tf2onnx or keras model.export(..., format=\"onnx\")";
        }
        if (name.endsWith(".npz") || first.contains(".npy")) {
            return "a NumPy archive (.npz); a network of arrays is a folder of .npy files with a network.json, which"
                    + " eie import reads";
        }
        if (first.contains("data.pkl") || name.endsWith(".pt") || name.endsWith(".pth")) {
            return "a PyTorch file; load it in PyTorch and use torch.onnx.export";
        }
        return "a zip archive; unpack it first";
    }

    /** A SavedModel's first field is its schema's version 1, its second one the graph. */
    private static @Nullable String ofSavedModel(byte[] start, String name) {
        boolean isSaved = start.length > 2 && start[0] == 0x08 && start[1] == 0x01 && start[2] == 0x12;
        return isSaved && name.endsWith(".pb")
                ? "a TensorFlow SavedModel; convert its folder with python -m tf2onnx.convert --saved-model"
                : null;
    }

    private static boolean has(byte[] start, int at, String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (start.length < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (start[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
