package org.eiesim.compiler.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.kernels.sparse.InterleavedCscDecoder;
import org.eiesim.kernels.sparse.InterleavedCscValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTest {
    /** Inputs 5 on 2 PEs: 3 rows, 6 input columns, then the bias. */
    private static Dump small() {
        byte[] codes = new byte[40 * 5];
        Random random = new Random(3);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (random.nextInt(3) == 0 ? 1 + random.nextInt(15) : 0);
        }
        codes[39 * 5] = 3;
        codes[0] = 1;
        for (int row = 1; row < 39; row++) {
            codes[row * 5] = 0;
        }
        byte[] bias = new byte[40];
        bias[7] = 9;
        float[] codebook = new float[16];
        for (int code = 1; code < 16; code++) {
            codebook[code] = code / 8f;
        }
        InterleavedCsc matrix = InterleavedCscBuilder.build(codes, 40, 5, 2, 4, bias);
        return new Dump(matrix, codebook, new float[] {1, 0, 2, -3, 0.5f}, 40);
    }

    @Test
    void everyReferenceCaseIsReadAsItsSizesSayAndWrittenByteForByte(@TempDir Path folder) throws IOException {
        for (Path source : ReferenceCases.all()) {
            Dump dump = DumpReader.read(source);
            JsonNode expected =
                    new ObjectMapper().readTree(source.resolve("expected.json").toFile());
            assertThat(dump.matrix().numPes())
                    .as("%s", source)
                    .isEqualTo(expected.get("pes").asInt());
            assertThat(dump.numInputs()).isEqualTo(expected.get("inputs").asInt());
            assertThat(dump.numOutputs()).isEqualTo(expected.get("outputs").asInt());
            Path copy = folder.resolve(String.valueOf(source.getFileName()));
            DumpWriter.write(copy, dump);
            assertThat(files(copy)).hasSize(2 + 2 * dump.matrix().numPes());
            for (Path file : files(copy)) {
                assertThat(copy.resolve(file)).as("%s", file).hasSameBinaryContentAs(source.resolve(file));
            }
        }
    }

    @Test
    void theProductOfEveryReferenceCaseIsItsOutput() throws IOException {
        for (Path source : ReferenceCases.all()) {
            Dump dump = DumpReader.read(source);
            byte[] codes = InterleavedCscDecoder.decode(dump.matrix());
            int columns = dump.matrix().numColumns();
            ByteBuffer output = ByteBuffer.wrap(Files.readAllBytes(source.resolve("output.dat")))
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int row = 0; row < dump.numOutputs(); row++) {
                float sum = 0;
                for (int column = 0; column < columns; column++) {
                    float input = column < dump.numInputs() ? dump.activations()[column] : 0;
                    input = column == dump.biasColumn() ? 1 : input;
                    if (input > 0) {
                        sum += dump.codebook()[codes[row * columns + column]] * input;
                    }
                }
                assertThat(sum).as("%s row %d", source, row).isEqualTo(output.getFloat());
            }
        }
    }

    /** Facts of the published layer: 4096 inputs, 1000 outputs, 64 PEs, no padding. */
    @Test
    void theAuthorsOwnLayerIsReadAndWrittenByteForByte(@TempDir Path folder) throws IOException {
        Path source = ReferenceCases.root().resolve("../shared/reference/alexnet-fc8");
        assumeTrue(Files.isDirectory(source), "the published layer is not here");
        Dump dump = DumpReader.read(source);
        assertThat(dump.matrix().numPes()).isEqualTo(64);
        assertThat(dump.matrix().indexBits()).isEqualTo(4);
        assertThat(dump.numInputs()).isEqualTo(4096);
        assertThat(dump.numOutputs()).isEqualTo(1000);
        assertThat(dump.matrix().numEntries()).isEqualTo(1_051_991);
        DumpWriter.write(folder.resolve("d"), dump);
        for (Path file : files(folder.resolve("d"))) {
            assertThat(folder.resolve("d").resolve(file)).hasSameBinaryContentAs(source.resolve(file));
        }
    }

    @Test
    void aDumpComesBackWithItsPaddings(@TempDir Path folder) throws IOException {
        Dump dump = small();
        assertThat(dump.matrix().codes()[1]).as("paddings").contains(0);
        DumpWriter.write(folder.resolve("d"), dump);
        Dump read = DumpReader.read(folder.resolve("d"));
        assertThat(read.numOutputs()).isEqualTo(40);
        assertThat(read.matrix().indexBits()).isEqualTo(4);
        assertThat(Arrays.deepEquals(read.matrix().codes(), dump.matrix().codes()))
                .isTrue();
        assertThat(Arrays.deepEquals(
                        read.matrix().relativeIndices(), dump.matrix().relativeIndices()))
                .isTrue();
        assertThat(Arrays.deepEquals(read.matrix().columnStarts(), dump.matrix().columnStarts()))
                .isTrue();
        InterleavedCscValidator.validate(read.matrix());
        assertThatThrownBy(() -> DumpWriter.write(folder.resolve("d"), dump)).hasMessageContaining("is not empty");
    }

    @Test
    void moreOutputsMayBeDeclaredButNotFewer(@TempDir Path folder) throws IOException {
        Path dump = folder.resolve("d");
        DumpWriter.write(dump, small());
        assertThat(DumpReader.read(dump, OptionalInt.of(50)).numOutputs()).isEqualTo(50);
        assertThatThrownBy(() -> DumpReader.read(dump, OptionalInt.of(39)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("spm1.dat at byte ")
                .hasMessageContaining("reaches row 39, but there are 39 outputs");
    }

    @Test
    void wideIndicesMakeWideDumps(@TempDir Path folder) throws IOException {
        byte[] codes = new byte[600];
        codes[599] = 1;
        Dump dump =
                new Dump(InterleavedCscBuilder.build(codes, 600, 1, 1, 10, null), new float[16], new float[] {1}, 600);
        DumpWriter.write(folder.resolve("d"), dump);
        assertThat(DumpReader.read(folder.resolve("d")).matrix().indexBits()).isEqualTo(10);
    }

    @Test
    void everyMissingFileIsNamed(@TempDir Path folder) throws IOException {
        Path dump = folder.resolve("d");
        DumpWriter.write(dump, small());
        for (Path file : files(dump)) {
            byte[] content = Files.readAllBytes(dump.resolve(file));
            Files.delete(dump.resolve(file));
            assertThatThrownBy(() -> DumpReader.read(dump))
                    .as("%s", file)
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("is missing");
            Files.write(dump.resolve(file), content);
        }
        // Both files of the last PE: the column starts no longer fit the inputs.
        Files.delete(dump.resolve("ptr/ptr1.dat"));
        Files.delete(dump.resolve("spm/spm1.dat"));
        assertThatThrownBy(() -> DumpReader.read(dump))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("ptr0.dat: holds 8 column starts; the inputs on 1 PEs need 7");
        assertThatThrownBy(() -> DumpReader.read(folder.resolve("nowhere"))).hasMessageContaining("is not a folder");
    }

    @Test
    void everyTruncationIsRefused(@TempDir Path folder) throws IOException {
        Path dump = folder.resolve("d");
        DumpWriter.write(dump, small());
        for (Path file : files(dump)) {
            byte[] content = Files.readAllBytes(dump.resolve(file));
            for (int length = 0; length < content.length; length++) {
                Files.write(dump.resolve(file), Arrays.copyOf(content, length));
                assertThatThrownBy(() -> DumpReader.read(dump))
                        .as("%s of %d bytes", file, length)
                        .isInstanceOf(FormatException.class);
            }
            Files.write(dump.resolve(file), content);
        }
    }

    @Test
    void wrongValuesAreNamedWithTheirOffset(@TempDir Path folder) throws IOException {
        Path dump = folder.resolve("d");
        DumpWriter.write(dump, small());
        requireRefusal(dump, "act.dat", 8, Float.floatToRawIntBits(Float.NaN), "act.dat at byte 8: value 2 is NaN");
        requireRefusal(dump, "arithm.dat", 4, 0xFF80_0000, "arithm.dat at byte 4: value 1 is -Infinity");
        requireRefusal(dump, "ptr/ptr0.dat", 0, 1, "ptr0.dat at byte 0: column start 0 is 1, expected 0");
        requireRefusal(dump, "ptr/ptr0.dat", 8, 0, "ptr0.dat at byte 8: column start 2 is 0, expected ");
        requireRefusal(dump, "ptr/ptr1.dat", 4, -1, "ptr1.dat at byte 4: column start 1 is 4294967295, expected 0..");
        requireRefusal(dump, "ptr/ptr1.dat", 28, 99_999, "ptr1.dat at byte 28: column start 7 is 99999, expected");
        requireRefusal(dump, "spm/spm1.dat", 8, 16, "spm1.dat at byte 8: code 16 is outside a codebook of 16");
        requireRefusal(
                dump, "spm/spm0.dat", 4, 65_536, "spm0.dat at byte 4: relative index 65536 does not fit 16 bits");
    }

    @Test
    void aFileThatAsksForTooManyOutputsIsRefused(@TempDir Path folder) throws IOException {
        Path dump = folder.resolve("d");
        int numEntries = 300;
        byte[][] codes = {new byte[numEntries]};
        short[][] indices = {new short[numEntries]};
        Arrays.fill(codes[0], (byte) 1);
        Arrays.fill(indices[0], (short) 0xFFFF);
        int[][] starts = {{0, numEntries, numEntries}};
        DumpWriter.write(
                dump,
                new Dump(
                        new InterleavedCsc(1 << 30, 2, 1, 16, starts, codes, indices),
                        new float[16],
                        new float[] {1},
                        1 << 30));
        assertThatThrownBy(() -> DumpReader.read(dump))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("column 0 reaches row 16842751, but there are at most 16777216 outputs");
    }

    private static void requireRefusal(Path dump, String file, int offset, int value, String message)
            throws IOException {
        byte[] content = Files.readAllBytes(dump.resolve(file));
        byte[] changed = content.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
        Files.write(dump.resolve(file), changed);
        assertThatThrownBy(() -> DumpReader.read(dump))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
        Files.write(dump.resolve(file), content);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).toList();
        }
    }
}
