package org.eiesim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.asm.Disassembler;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramReader;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.studies.outputs.OutputKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie disasm}: a program to assembly. */
@Command(name = "disasm", description = "Print a program as assembly, whole: 'eie asm' makes the same file of it.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DisasmCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(paramLabel = "FILE", description = "An .eiex file.")
    private Path file;

    @Writes(OutputKind.ASSEMBLY)
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file. Default: standard output.")
    private @Nullable Path output;

    @Option(names = "--listing", description = "Print the instructions and tables only, without the data.")
    private boolean isListing;

    @Override
    public Integer call() throws IOException {
        Program program = ProgramReader.read(file);
        String text = isListing ? Disassembler.listing(program) : Disassembler.disassemble(program);
        if (output == null) {
            common.out().print(text);
        } else {
            AtomicFiles.write(output, text.getBytes(StandardCharsets.UTF_8));
            common.out().println(output + ": " + text.lines().count() + " lines");
        }
        common.writeJson(Map.of(
                "network",
                program.name(),
                "instructions",
                program.setup().size() + program.body().size(),
                "assembly",
                text));
        return ExitCode.DONE;
    }
}
