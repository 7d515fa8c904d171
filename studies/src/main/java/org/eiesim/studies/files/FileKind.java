package org.eiesim.studies.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.compiler.program.ProgramReader;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.importers.ForeignFormat;
import org.eiesim.models.importers.NumpyFolder;

/** What a path that the user names leads to. */
public enum FileKind {
    /** A compressed network, {@code .eie}. */
    CONTAINER,
    /** A compiled program, {@code .eiex}. */
    PROGRAM,
    /** A folder in the layout of the EIE authors' simulator. */
    DUMP,
    /** A network, {@code .onnx}. */
    ONNX,
    /** A network as a folder of NumPy arrays with a description. */
    NUMPY;

    private static final int MAGIC_LENGTH = 4;

    /**
     * Looks at a path: at the first bytes of a file, or at its name where they are too damaged to tell.
     *
     * @param path any path
     * @return what it is; reading it may still show that it is damaged
     * @throws FormatException if nothing is there, or none of them
     * @throws IOException if reading fails
     */
    public static FileKind of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            if (DumpReader.isDump(path)) {
                return DUMP;
            }
            if (Files.exists(path.resolve(NumpyFolder.DESCRIPTION))) {
                return NUMPY;
            }
            throw new FormatException(path.toString(), "is a folder without act.dat, so not a dump" + dumpInside(path));
        }
        if (!Files.isRegularFile(path)) {
            throw new FormatException(path.toString(), Files.exists(path) ? "is not a file" : "there is no such file");
        }
        String magic;
        try (InputStream stream = Files.newInputStream(path)) {
            magic = new String(stream.readNBytes(MAGIC_LENGTH), StandardCharsets.US_ASCII);
        }
        if (magic.equals(EieReader.MAGIC)) {
            return CONTAINER;
        }
        if (magic.equals(ProgramReader.MAGIC)) {
            return PROGRAM;
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".eie") || name.endsWith(".eiex")) {
            return name.endsWith(".eie") ? CONTAINER : PROGRAM;
        }
        String foreign = ForeignFormat.describe(path);
        if (!foreign.isEmpty()) {
            throw new FormatException(path.toString(), "is " + foreign);
        }
        try (FileHead head = FileHead.open(path)) {
            if (name.endsWith(".onnx") || head.isOnnx()) {
                return ONNX;
            }
        }
        throw new FormatException(path.toString(), "is none of .eie, .eiex and .onnx");
    }

    /** Names a dump in a folder of dumps, such as {@code eie export} writes; empty where there is none. */
    private static String dumpInside(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(DumpReader::isDump)
                    .min(Comparator.naturalOrder())
                    .map(dump -> "; " + dump + " in it is one")
                    .orElse("");
        }
    }
}
