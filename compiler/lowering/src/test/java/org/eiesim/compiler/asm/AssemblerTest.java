package org.eiesim.compiler.asm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.GoldenFiles;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.pass.TestNetworks;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramWriter;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;

class AssemblerTest {
    private static Program tiny() throws FormatException {
        CompressedNetwork network = TestNetworks.single(
                new byte[] {1, 0, 0, 0, 2, 1, 0, 0, 1}, 3, 3, new float[] {0, 0.5f, -1.25e-3f}, new float[] {1, 0, -0f
                });
        return Lowering.compile(network, new Target(2, 1, 2, 64, 64, 4, Target.BiasMode.PRELOAD));
    }

    @Test
    void assemblyOfATinyProgramIsGolden() throws IOException {
        GoldenFiles.check(
                Disassembler.disassemble(tiny()),
                "compiler/lowering/src/test/resources/org/eiesim/compiler/asm/tiny.expect");
    }

    @Test
    void assemblingTheDisassemblyGivesTheSameProgram() throws FormatException {
        int numPrograms = 0;
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            CompressedNetwork network = TestNetworks.network(random);
            Target target = TestNetworks.target(random);
            if (network.layers().stream().anyMatch(l -> l.codebook().length > 1 << target.weightBits())) {
                continue;
            }
            Program program = RandomFormats.set(Lowering.compile(network, target), random);
            String text = Disassembler.disassemble(program);
            Program again = Assembler.assemble(text);
            assertThat(ProgramWriter.toBytes(again)).as("seed %d", seed).isEqualTo(ProgramWriter.toBytes(program));
            assertThat(Disassembler.disassemble(again)).as("seed %d", seed).isEqualTo(text);
            numPrograms++;
        }
        assertThat(numPrograms).isGreaterThan(100);
    }

    @Test
    void spacesCommentsAndBlankLinesDoNotMatter() throws FormatException {
        String text = Disassembler.disassemble(tiny());
        String loose = "; head\n\n"
                + text.replace("=", " = ").replace("\n", "  ; note\r\n").replace("    ", "\t");
        assertThat(ProgramWriter.toBytes(Assembler.assemble(loose))).isEqualTo(ProgramWriter.toBytes(tiny()));
    }

    private static void assertError(String from, String to, String message) throws FormatException {
        String text = Disassembler.disassemble(tiny());
        assertThat(text).contains(from);
        assertThatThrownBy(() -> Assembler.assemble(text.replace(from, to)))
                .isInstanceOf(FormatException.class)
                .hasMessage(message);
    }

    @Test
    void errorsGiveLineColumnAndSource() throws FormatException {
        assertError(
                "activate count=3",
                "activation count=3",
                "19:5: unknown instruction; there are set_layer, set_formats, set_strides, repeat, load_codebook,"
                        + " load_weights, load_pointers, load_bias, load_activations, store_activations, matrix_vector,"
                        + " activate, swap_register_files, host_operation, barrier, halt, in: activation count=3");
        assertError("activate count=3", "activate", "19:13: count= is missing, in: activate");
        assertError(
                "activate count=3",
                "activate count=3 rows=1",
                "19:27: unknown field \"rows\"; there are count, in: activate count=3 rows=1");
        assertError(
                "activate count=3",
                "activate count=3 count=3",
                "19:22: count= is given twice, in: activate count=3 count=3");
        assertError(
                "activate count=3", "activate count=-3", "19:20: must be 0..268435455, not -3, in: activate count=-3");
        assertError(
                "activate count=3",
                "activate count=all",
                "19:20: expected a number, not \"all\", in: activate count=all");
        assertError("activate count=3", "activate count 3", "19:20: expected '=', not \"3\", in: activate count 3");
        assertError("activate count=3", "activate #", "19:14: unexpected character '#', in: activate #");
        assertError("name=\"single\"", "name=\"single", "1:15: the quote is not closed, in: .program name=\"single");
        assertError(
                ".body",
                ".main",
                "12:1: unknown directive; there are .program, .target, .buffer, .input, .output,"
                        + " .layer, .attributes, .setup, .body, .codebook, .bias, .values, .image, .pe, in: .main");
        assertError(
                "bias=preload",
                "bias=later",
                "2:124: must be one of preload, column, not \"later\", in: .target pes=2 index_bits=1 weight_bits=2"
                        + " spmat_capacity_entries=64 pointer_capacity_columns=64 register_file_length=4 bias=later");
        assertError(
                ".values 0.0 0.5",
                ".values 0.0 1e99",
                "24:13: \"1e99\" is too large for a float32, in: .values 0.0 1e99 -0.00125");
        assertError("0: 1+0", "1+0", "28:8: an entry stands before the first column, in: .pe 0  1+0  2: 1+1");
    }

    @Test
    void aProgramThatCannotRunIsRefused() throws FormatException {
        assertError(
                "rows=3 columns=3",
                "rows=3 columns=2",
                "body instruction 5 (matrix_vector): columns must be 3..3, not 2");
        assertError("    halt\n", "", "body: does not end with halt");
        assertError(
                "buffer=1 position=0",
                "buffer=7 position=0",
                "body instruction 7 (store_activations): buffer must be 0..1, not 7");
        assertError(
                "    activate count=3\n",
                "",
                "body instruction 6 (store_activations): the accumulators were not activated");
    }

    @Test
    void damagedAssemblyGivesOnlyFormatErrors() throws FormatException {
        String text = Disassembler.disassemble(tiny());
        List<String> pieces =
                List.of("", " ", "\"", "=", ":", "+", "-", "9999999999", "x", ".pe 1 ", "\n", "\\", "2", ".image ");
        int refused = 0;
        for (long seed = 0; seed < 5000; seed++) {
            Random random = new Random(seed);
            int start = random.nextInt(text.length());
            int end = Math.min(text.length(), start + random.nextInt(8));
            String damaged = text.substring(0, start) + pieces.get(random.nextInt(pieces.size())) + text.substring(end);
            try {
                Assembler.assemble(damaged);
            } catch (FormatException e) {
                assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\n");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }
}
