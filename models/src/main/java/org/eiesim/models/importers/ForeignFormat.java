package org.eiesim.models.importers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Recognises network files of other tools by their first bytes, to say what they are instead of that they are damaged. */
public final class ForeignFormat {
    private static final int NUM_BYTES = 9;
    private static final int MAX_ENTRIES = 16;
    private static final String TO_ONNX = "export the network as ONNX with ";

    private ForeignFormat() {}

    /**
     * Names the format of a file.
     *
     * @param path a file
     * @return what it is and what to do with it, to go after "is "; empty where it is not recognised
     * @throws IOException if reading fails
     */
    public static String describe(Path path) throws IOException {
        byte[] start;
        try (InputStream stream = Files.newInputStream(path)) {
            start = stream.readNBytes(NUM_BYTES);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("TFL3", 4)) {
            return "a TensorFlow Lite model; " + TO_ONNX + "tf2onnx --tflite";
        }
        if (text.startsWith("\u0089HDF")) {
            return "an HDF5 file, as Keras writes; " + TO_ONNX + "tf2onnx";
        }
        if (text.startsWith("\u0093NUMPY")) {
            return "a NumPy array; a folder of arrays with network.json is a network (docs/importing.md)";
        }
        if (text.startsWith("EIE")) {
            return "an eiesim file; name it with its ending, .eie or .eiex";
        }
        if (text.startsWith("PK\u0003\u0004")) {
            return archive(path);
        }
        if (start.length > 1 && (start[0] & 0xFF) == 0x80 && start[1] >= 2 && start[1] <= 5) {
            return "a Python pickle, as PyTorch wrote before 1.6; " + TO_ONNX + "torch.onnx.export";
        }
        if (text.startsWith("\u001f\u008b")) {
            return "a gzip file; unpack it first";
        }
        // Its header's length, in 8 bytes, then its header as JSON.
        if (text.startsWith("\0\0\0{", 5)) {
            return "a safetensors file, which holds weights without a network; " + TO_ONNX + "torch.onnx.export";
        }
        if (text.startsWith("GGUF")) {
            return "a GGUF file; export the network as ONNX from the framework it comes from";
        }
        // A SavedModel's first field is its schema's version 1, its second one the graph.
        boolean isSavedModel = path.toString().endsWith(".pb") && text.startsWith("\b\u0001\u0012");
        return isSavedModel ? "a TensorFlow SavedModel; " + TO_ONNX + "tf2onnx --saved-model" : "";
    }

    private static String archive(Path path) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(path))) {
            ZipEntry entry = zip.getNextEntry();
            for (int i = 0; entry != null && i < MAX_ENTRIES; i++) {
                String name = entry.getName();
                if (name.endsWith("data.pkl") || name.endsWith("constants.pkl")) {
                    return "a PyTorch file; " + TO_ONNX + "torch.onnx.export";
                }
                if (name.equals("config.json") || name.equals("metadata.json") || name.endsWith("weights.h5")) {
                    return "a Keras model; " + TO_ONNX + "tf2onnx";
                }
                if (name.endsWith(".npy")) {
                    return "a NumPy archive; a folder of its arrays with network.json is a network (docs/importing.md)";
                }
                entry = zip.getNextEntry();
            }
        } catch (ZipException | IllegalArgumentException e) {
            // An archive all the same.
        }
        return "a ZIP archive, not a network";
    }
}
