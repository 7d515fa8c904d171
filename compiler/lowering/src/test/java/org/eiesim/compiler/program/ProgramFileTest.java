package org.eiesim.compiler.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.pass.TestNetworks;
import org.eiesim.compiler.sections.SectionedFile;
import org.eiesim.compiler.sections.SectionedFile.Content;
import org.eiesim.compiler.sections.SectionedFile.Section;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFileTest {
    private static Program random(long seed) throws FormatException {
        Random random = new Random(seed);
        CompressedNetwork network = TestNetworks.network(random);
        Target target = TestNetworks.target(random);
        boolean fits = network.layers().stream().allMatch(l -> l.codebook().length <= 1 << target.weightBits());
        return fits ? Lowering.compile(network, target) : random(seed + 1_000_000);
    }

    @Test
    void programsComeBackAsWritten() throws FormatException {
        for (long seed = 0; seed < 150; seed++) {
            Program program = random(seed);
            byte[] bytes = ProgramWriter.toBytes(program);
            Program again = ProgramReader.fromBytes(bytes);
            assertThat(ProgramWriter.toBytes(again)).as("seed %d", seed).isEqualTo(bytes);
            assertThat(again.body()).isEqualTo(program.body());
            assertThat(again.setup()).isEqualTo(program.setup());
            assertThat(again.layers()).isEqualTo(program.layers());
            assertThat(again.buffers()).isEqualTo(program.buffers());
            assertThat(again.attributes()).isEqualTo(program.attributes());
            assertThat(again.target()).isEqualTo(program.target());
            for (int i = 0; i < program.images().size(); i++) {
                assertThat(again.images().get(i).matrix().codes())
                        .isDeepEqualTo(program.images().get(i).matrix().codes());
                assertThat(again.images().get(i).matrix().columnStarts())
                        .isDeepEqualTo(program.images().get(i).matrix().columnStarts());
            }
        }
    }

    @Test
    void everyFlippedBitAndEveryTruncationIsFound(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("p.eiex");
        ProgramWriter.write(random(3), path);
        byte[] bytes = Files.readAllBytes(path);
        assertThat(ProgramWriter.toBytes(ProgramReader.read(path))).isEqualTo(bytes);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> ProgramReader.fromBytes(damaged))
                    .as("bit %d", bit)
                    .isInstanceOf(FormatException.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ProgramReader.fromBytes(cut))
                    .as("length %d", length)
                    .isInstanceOf(FormatException.class);
        }
    }

    /** Damage under a right checksum: only a sound program or the documented exception may come out. */
    @Test
    void forgedSectionsAreReadSafely() throws FormatException {
        int refused = 0;
        int numTries = 0;
        for (long seed = 0; seed < 40; seed++) {
            byte[] bytes = ProgramWriter.toBytes(random(seed));
            SectionedFile file = SectionedFile.parse(bytes, ProgramFile.FORMAT);
            Random random = new Random(seed);
            for (int i = 0; i < 500; i++) {
                byte[] forged = forge(file, bytes, random);
                numTries++;
                try {
                    ProgramValidator.validate(ProgramReader.fromBytes(forged));
                } catch (FormatException e) {
                    assertThat(e.getMessage()).isNotBlank();
                    refused++;
                } catch (RuntimeException | OutOfMemoryError e) {
                    throw new AssertionError("seed " + seed + " try " + i, e);
                }
            }
        }
        assertThat(refused).isGreaterThan(numTries / 2);
    }

    private static byte[] forge(SectionedFile file, byte[] bytes, Random random) {
        List<Content> contents = new ArrayList<>();
        int damaged = random.nextInt(file.sections().size());
        for (int s = 0; s < file.sections().size(); s++) {
            Section section = file.sections().get(s);
            byte[] content = Arrays.copyOfRange(bytes, section.offset(), section.offset() + section.length());
            if (s == damaged && content.length > 0) {
                int position = random.nextInt(content.length);
                switch (random.nextInt(4)) {
                    case 0 -> content[position] = (byte) random.nextInt(256);
                    case 1 -> content[position] ^= (byte) (1 << random.nextInt(8));
                    case 2 -> content = Arrays.copyOf(content, position);
                    default -> Arrays.fill(content, position, Math.min(content.length, position + 5), (byte) 0xFF);
                }
            }
            contents.add(new Content(section.tag(), content));
        }
        return SectionedFile.toBytes(ProgramFile.FORMAT, contents);
    }

    @Test
    void aNewerVersionIsNamed() throws FormatException {
        byte[] bytes = ProgramWriter.toBytes(random(3));
        bytes[4] = 2;
        assertThatThrownBy(() -> ProgramReader.fromBytes(bytes))
                .hasMessage("header at byte 4: version 2 is newer than this tool reads (1), or damaged");
    }
}
