package org.eiesim.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.asm.Assembler;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.studies.outputs.OutputKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie asm}: assembly to a program. */
@Command(name = "asm", description = "Assemble a program: what 'eie disasm' prints, back to an .eiex file.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AsmCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(paramLabel = "FILE", description = "Assembly, as docs/instruction-set.md describes it.")
    private Path file;

    @Writes(OutputKind.PROGRAM)
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The .eiex file to write.")
    private Path output;

    @Override
    public Integer call() throws IOException {
        Program program = assemble();
        ProgramWriter.write(program, output);
        int numInstructions = program.setup().size() + program.body().size();
        common.out().println(output + ": " + numInstructions + " instructions");
        common.writeJson(Map.of("network", program.name(), "file", output.toString(), "instructions", numInstructions));
        return ExitCode.DONE;
    }

    private Program assemble() throws IOException {
        String source;
        try {
            source = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new FormatException(file.toString(), "is not UTF-8 text");
        }
        try {
            return Assembler.assemble(source);
        } catch (FormatException e) {
            throw e.within(file.toString());
        }
    }
}
