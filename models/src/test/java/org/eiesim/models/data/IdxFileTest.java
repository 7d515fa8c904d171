package org.eiesim.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    @TempDir
    Path folder;

    @Test
    void plainAndCompressedFilesAreRead() throws IOException {
        byte[] elements = IdxBytes.ramp(200_000);
        byte[] plain = IdxBytes.of(elements, 100, 2, 1000);
        for (byte[] bytes : new byte[][] {plain, IdxBytes.gzip(plain)}) {
            Path path = Files.write(folder.resolve("any-name"), bytes);
            IdxFile file = IdxFile.read(path);
            assertThat(file.extents()).containsExactly(100, 2, 1000);
            assertThat(file.bytes()).isEqualTo(elements);
        }
    }

    @Test
    void everyTruncationAndAnAddedByteAreFound() throws IOException {
        byte[] plain = IdxBytes.of(IdxBytes.ramp(12), 3, 2, 2);
        byte[] compressed = IdxBytes.gzip(plain);
        for (byte[] bytes : new byte[][] {plain, compressed}) {
            assertThat(read(bytes).bytes()).hasSize(12);
            for (int length = 0; length < bytes.length; length++) {
                byte[] shorter = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> read(shorter)).as("length %d", length).isInstanceOf(FormatException.class);
            }
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(plain, plain.length + 1)))
                .hasMessage("idx at byte 28: data after the last of 12 elements");
        assertThatThrownBy(() -> read(Arrays.copyOf(plain, plain.length - 5)))
                .hasMessage("idx at byte 23: file ends after 7 of 12 elements");
    }

    @Test
    void flippedBitsOfACompressedFileNeverGoUnnoticedAsOtherContent() throws IOException {
        byte[] plain = IdxBytes.of(IdxBytes.ramp(12), 3, 2, 2);
        byte[] compressed = IdxBytes.gzip(plain);
        for (int bit = 0; bit < 8 * compressed.length; bit++) {
            byte[] flipped = compressed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                // Flips in fields that gzip ignores (time, operating system) change nothing.
                assertThat(read(flipped)).as("bit %d", bit).isEqualTo(read(plain));
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith("idx");
            }
        }
    }

    @Test
    void randomBytesGiveOnlyFormatExceptions() throws IOException {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            byte[] start = {0, 0, 8, (byte) (1 + random.nextInt(4)), 0, 0, 0};
            System.arraycopy(start, 0, bytes, 0, Math.min(random.nextInt(8), bytes.length));
            try {
                IdxFile file = read(bytes);
                assertThat(file.bytes().length).as("seed %d", seed).isLessThan(60);
            } catch (FormatException e) {
                assertThat(e.getMessage()).as("seed %d", seed).startsWith("idx").doesNotContain("\n");
            }
        }
    }

    @Test
    void hugeHeadersAllocateNothing() {
        assertThatThrownBy(() -> read(IdxBytes.of(new byte[0], 1 << 15, 1 << 15)))
                .hasMessageContaining("0 of 1073741824 elements");
        assertThatThrownBy(() -> read(IdxBytes.of(new byte[0], -1)))
                .hasMessage("idx at byte 4: extent 4294967295 gives more than 1073741824 elements");
        assertThatThrownBy(() -> read(IdxBytes.of(new byte[0], 1 << 16, 1 << 15)))
                .hasMessageContaining("at byte 8");
    }

    @Test
    void aGzipBombStopsAtItsHeadersSize() throws IOException {
        // 192 MB of zeros behind a header that announces 16 bytes; only the first buffer is ever expanded.
        byte[] header = IdxBytes.of(new byte[0], 16);
        Path bomb = folder.resolve("bomb.gz");
        try (GZIPOutputStream stream = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            stream.write(header);
            byte[] zeros = new byte[1 << 20];
            for (byte[] block : Collections.nCopies(192, zeros)) {
                stream.write(block);
            }
        }
        try (CountingStream stream = new CountingStream(Files.newInputStream(bomb))) {
            assertThatThrownBy(() -> IdxFile.read(stream, "bomb")).hasMessageContaining("data after the last of 16");
            assertThat(stream.count).isLessThan(Files.size(bomb));
        }
    }

    @Test
    void otherFilesAreNamed() {
        assertThatThrownBy(() -> read(new byte[] {1, 2, 3, 4})).hasMessageContaining("not an idx file");
        assertThatThrownBy(() -> read(ByteBuffer.allocate(8).putInt(0x0D01).array()))
                .hasMessageContainingAll("at byte 2", "0x0d");
        assertThatThrownBy(() -> read(ByteBuffer.allocate(8).putInt(0x0805).array()))
                .hasMessageContainingAll("at byte 3", "not 5");
        assertThatThrownBy(() -> IdxFile.read(folder.resolve("none"))).hasMessageEndingWith("there is no such file");
        assertThatThrownBy(() -> IdxFile.read(folder)).hasMessageEndingWith("is not a file");
    }

    private static IdxFile read(byte[] bytes) throws IOException {
        return IdxFile.read(new ByteArrayInputStream(bytes), "idx");
    }

    private static final class CountingStream extends InputStream {
        private final InputStream inner;
        private long count;

        CountingStream(InputStream inner) {
            this.inner = inner;
        }

        @Override
        public int read() throws IOException {
            count++;
            return inner.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = inner.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            inner.close();
        }
    }
}
