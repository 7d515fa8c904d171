package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.container.EieVerifier;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.compiler.program.ProgramReader;
import org.eiesim.studies.files.FileKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code eie verify}: whether a file is whole and right. */
@Command(
        name = "verify",
        description = "Check a file through and through: exit 0, or 1 and the section and offset of what is wrong.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private DimensionOption dimension;

    @Reads
    @Parameters(
            paramLabel = "FILE",
            description = "An .eie, .eiex or .onnx file, a dump folder, or a folder of NumPy arrays with network.json.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        FileKind kind = FileKind.of(file);
        String checked = switch (kind) {
            case CONTAINER -> {
                EieVerifier.verify(file);
                yield "checksums, structure, codes and numbers are right, and it is written the one way there is";
            }
            case PROGRAM -> {
                ProgramReader.read(file);
                yield "checksums, tables and instructions are right, and no instruction leaves its memories";
            }
            case DUMP -> {
                DumpReader.read(file);
                yield "every PE's files are there, and their entries stay inside the matrix";
            }
            case ONNX, NUMPY -> {
                NetworkFile.read(file, dimension);
                yield "every node has a counterpart here, and shapes and numbers are right";
            }
        };
        common.out().println(file + ": " + checked);
        common.writeJson(Map.of("file", file.toString(), "kind", kind.name().toLowerCase(Locale.ROOT), "valid", true));
        return ExitCode.DONE;
    }
}
