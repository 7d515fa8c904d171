package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.importers.NumpyFolder;
import org.eiesim.models.network.Network;
import org.eiesim.models.onnx.OnnxReader;

/** Reads the float network a file holds. */
final class NetworkFile {
    private NetworkFile() {}

    /**
     * Reads an ONNX file, the decoded network of a container, or a folder of NumPy arrays.
     *
     * @param file a file named .eie is a container, any other ONNX
     * @param given extents of an ONNX file's dynamic dimensions, and values of its inputs
     * @return the network
     * @throws FormatException if it is not there, neither of them, or damaged
     * @throws IOException if reading fails
     */
    static Network read(Path file, DimensionOption given) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".eiex")) {
            throw new FormatException(file.toString(), "is a program for eie simulate; name an .onnx or .eie file");
        }
        if (Files.exists(file.resolve(NumpyFolder.DESCRIPTION))) {
            return NumpyFolder.read(file);
        }
        return name.endsWith(".eie")
                ? EieReader.read(file).network()
                : OnnxReader.read(file, given.dimensions(), given.bindings());
    }

    /**
     * Reads the shared weights of a container, for the machine to run.
     *
     * @param file a file named .eie
     * @return the network
     * @throws FormatException if it is not there, none, or damaged
     * @throws IOException if reading fails
     */
    static CompressedNetwork readShared(Path file) throws IOException {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".eie")) {
            throw new FormatException(
                    file.toString(), "is no .eie file, whose shared weights the machine runs; eie compress makes one");
        }
        return EieReader.read(file);
    }
}
