package org.eiesim.compiler.sections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.sections.SectionedFile.Content;
import org.eiesim.compiler.sections.SectionedFile.Section;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionedFileTest {
    private static final FileFormat FORMAT = new FileFormat(".tst", "TST!", 2, List.of("graph", "layer"));

    private static byte[] sample() {
        return SectionedFile.toBytes(
                FORMAT,
                List.of(new Content(0, new byte[] {1, 2, 3}), new Content(1, new byte[0]), new Content(1, new byte[] {
                    -1, 7, 9, 11
                })));
    }

    @Test
    void sectionsComeBackAsWritten() throws FormatException {
        SectionedFile file = SectionedFile.parse(sample(), FORMAT);
        assertThat(file.version()).isEqualTo(2);
        assertThat(file.sections()).extracting(Section::name).containsExactly("graph", "layer#1", "layer#2");
        SectionReader last = file.open(file.sections().get(2));
        assertThat(last.readBytes(4, "bytes")).containsExactly(-1, 7, 9, 11);
        last.requireEnd();
        assertThat(file.require(0).length()).isEqualTo(3);
        assertThatThrownBy(() -> file.require(1)).hasMessageContaining("2 sections layer");
    }

    @Test
    void theTableIsCompact() {
        assertThat(sample()).hasSize(4 + 1 + 1 + 3 * 6 + 4 + 7);
    }

    @Test
    void everyFlippedBitIsFoundAndNamed() throws FormatException {
        byte[] file = sample();
        SectionedFile parsed = SectionedFile.parse(file, FORMAT);
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            int position = bit / 8;
            String expected = parsed.sections().stream()
                    .filter(s -> position >= s.offset() && position < s.offset() + s.length())
                    .map(Section::name)
                    .findFirst()
                    .orElse("header");
            assertThatThrownBy(() -> SectionedFile.parse(damaged, FORMAT))
                    .as("bit %d", bit)
                    .isInstanceOf(FormatException.class)
                    .satisfies(e -> assertThat(((FormatException) e).section()).isEqualTo(expected));
        }
    }

    @Test
    void everyTruncationAndAnyAddedByteIsFound() {
        byte[] file = sample();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> SectionedFile.parse(cut, FORMAT))
                    .as("length %d", length)
                    .isInstanceOf(FormatException.class);
        }
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        assertThatThrownBy(() -> SectionedFile.parse(longer, FORMAT))
                .hasMessage("end of file at byte 35: 1 bytes follow the last section");
    }

    @Test
    void otherFilesAndNewerVersionsAreToldApart() {
        assertThatThrownBy(() -> SectionedFile.parse(new byte[] {80, 75, 3, 4, 0}, FORMAT))
                .hasMessage("header at byte 0: not a .tst file: it does not start with TST!");
        byte[] newer = sample();
        newer[4] = 3;
        assertThatThrownBy(() -> SectionedFile.parse(newer, FORMAT))
                .hasMessage("header at byte 4: version 3 is newer than this tool reads (2), or damaged");
    }

    @Test
    void randomBytesNeverRaiseAnythingElse() {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            byte[] magic = FORMAT.magicBytes();
            System.arraycopy(magic, 0, bytes, 0, Math.min(magic.length, bytes.length));
            if (bytes.length > 4) {
                bytes[4] = 1;
            }
            assertThatThrownBy(() -> SectionedFile.parse(bytes, FORMAT))
                    .as("seed %d", seed)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void aTableOfMillionsOfSectionsIsRefused() {
        SectionWriter table = new SectionWriter();
        table.writeBytes(FORMAT.magicBytes());
        table.writeByte(1);
        table.writeVarint(70_000);
        table.writeBytes(new byte[6 * 70_000]);
        assertThatThrownBy(() -> SectionedFile.parse(table.toByteArray(), FORMAT))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("70000 sections, allowed are 65536");
    }

    @Test
    void aFileOnDiskIsNamedInErrors(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("x.tst");
        SectionedFile.write(path, FORMAT, List.of(new Content(0, new byte[] {1, 2, 3})));
        assertThat(SectionedFile.read(path, FORMAT).sections()).hasSize(1);
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> SectionedFile.read(path, FORMAT))
                .hasMessageStartingWith(path + ": graph at byte 16: the file ends after 2 of 3 bytes");
        assertThatThrownBy(() -> SectionedFile.read(folder, FORMAT)).hasMessageContaining("is not a file");
    }

    @Test
    void numbersAndTextsComeBack() throws FormatException {
        int[] numbers = {0, 1, 127, 128, 16383, 16384, 1 << 28, Integer.MAX_VALUE};
        SectionWriter writer = new SectionWriter();
        for (int number : numbers) {
            writer.writeVarint(number);
        }
        writer.writeString("größe");
        writer.writeFloat(-0f);
        writer.writeLong(0x0123456789ABCDEFL);
        byte[] bytes = writer.toByteArray();
        SectionReader reader = new SectionReader("s", bytes, 0, bytes.length);
        for (int number : numbers) {
            assertThat(reader.readVarint("number")).isEqualTo(number);
        }
        assertThat(reader.readString("text")).isEqualTo("größe");
        assertThat(Float.floatToRawIntBits(reader.readFiniteFloat("float"))).isEqualTo(Float.floatToRawIntBits(-0f));
        assertThat(reader.readLong("long")).isEqualTo(0x0123456789ABCDEFL);
        reader.requireEnd();
        assertThatThrownBy(() -> reader.readByte("more")).hasMessageContaining("1 bytes needed, 0 left");
    }

    @Test
    void hostileNumbersAreRefused() {
        byte[] tooLarge = {-1, -1, -1, -1, 0x0F};
        byte[] notShortest = {-128, 0};
        byte[] count = {-1, -1, -1, -1, 0x07};
        assertThatThrownBy(() -> reader(tooLarge).readVarint("number")).hasMessageContaining("not a valid number");
        assertThatThrownBy(() -> reader(notShortest).readVarint("number")).hasMessageContaining("not a valid number");
        assertThatThrownBy(() -> reader(count).readCount("items", 4)).hasMessageContaining("exceeds");
        assertThatThrownBy(() -> reader(new byte[] {0, 0, -64, 127}).readFiniteFloat("weight"))
                .hasMessage("s at byte 0: weight is NaN");
        assertThatThrownBy(() -> reader(new byte[] {1, -1}).readString("text")).hasMessageContaining("not UTF-8");
    }

    private static SectionReader reader(byte[] bytes) {
        return new SectionReader("s", bytes, 0, bytes.length);
    }
}
