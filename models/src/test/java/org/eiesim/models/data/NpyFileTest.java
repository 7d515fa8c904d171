package org.eiesim.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFileTest {
    @TempDir
    Path folder;

    /** What {@code numpy.save} writes for {@code array([[1, -2.5], [0, 3]], dtype='<f4')}. */
    @Test
    void writesWhatNumpyWrites() throws IOException {
        Path path = folder.resolve("a.npy");
        NpyFile.write(path, new Tensor(Shape.of(2, 2), new float[] {1, -2.5f, 0, 3}));
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";
        byte[] expected = concat(
                HexFormat.of().parseHex("934e554d5059" + "0100" + "7600"),
                (text + " ".repeat(118 - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII),
                HexFormat.of().parseHex("0000803f" + "000020c0" + "00000000" + "00004040"));
        assertThat(Files.readAllBytes(path)).isEqualTo(expected);
    }

    @Test
    void readsBackWhatItWritesInAnyShape() throws IOException {
        Path path = folder.resolve("a.npy");
        for (Shape shape : new Shape[] {Shape.of(), Shape.of(0), Shape.of(5), Shape.of(2, 3), Shape.of(1, 2, 1, 4)}) {
            float[] values = new float[shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i * 0.1f - 1;
            }
            Tensor tensor = new Tensor(shape, values);
            NpyFile.write(path, tensor);
            assertThat(NpyFile.read(path)).isEqualTo(tensor);
            byte[] bytes = Files.readAllBytes(path);
            assertThat((bytes.length - 4 * values.length) % 64).isZero();
        }
    }

    @Test
    void int16HasItsOwnDescriptor() throws IOException {
        Path path = folder.resolve("a.npy");
        NpyFile.write(path, Shape.of(2), new short[] {-2, 0x1234});
        byte[] bytes = Files.readAllBytes(path);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("'descr': '<i2'", "'shape': (2,)");
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length)).containsExactly(0xFE, 0xFF, 0x34, 0x12);
        assertThatThrownBy(() -> NpyFile.write(path, Shape.of(3), new short[2]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(NpyFile.read(path).values()).containsExactly(-2, 0x1234);
    }

    @Test
    void allVersionsAndDoublesAreRead() throws IOException {
        ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        doubles.putDouble(0.1).putDouble(-7);
        String header = "{'shape': (2,), 'fortran_order': True, 'descr': '<f8'}\n";
        for (int version = 1; version <= 3; version++) {
            Tensor tensor = NpyFile.parse(npy(version, header, doubles.array()), "npy");
            assertThat(tensor).isEqualTo(new Tensor(Shape.of(2), new float[] {0.1f, -7}));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{''descr'': ''>f4'', ''fortran_order'': False, ''shape'': (1,), }' | '>f4'",
                "'{''descr'': ''<f4'', ''fortran_order'': True, ''shape'': (1, 1), }' | Fortran order",
                "'{''descr'': ''<f4'', ''fortran_order'': False, ''shape'': (2,), }' | takes 8 bytes, but 4 follow",
                "'{''descr'': ''<f4'', ''fortran_order'': False, ''shape'': (0,), }' | takes 0 bytes, but 4 follow",
                "'{''descr'': ''<f4'', ''fortran_order'': False}' | lacks",
                "'{''descr'': ''<f4'', ''fortran_order'': False, ''shape'': (1,), ''x'': True}' | unexpected 'x'",
                "'{''descr'': ''<f4'', ''descr'': ''<f4''}' | unexpected 'descr'",
                "'{''descr'': [(''a'', ''<f4'')], ''fortran_order'': False, ''shape'': (1,), }' | not a dictionary of",
                "'{''descr'': ''<f4'', ''fortran_order'': False, ''shape'': (99999999999,), }' | not one an array",
                "'{''descr'': ''<f4'', ''fortran_order'': False, ''shape'': (65536, 65536), }' | not one an array",
                "'hello' | short dictionary",
            })
    void badHeadersAreNamed(String header, String part) {
        assertThatThrownBy(() -> NpyFile.parse(npy(1, header, new byte[4]), "npy"))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("npy")
                .hasMessageContaining(part);
    }

    @Test
    void notANumberIsNamedWithItsPosition() {
        byte[] elements = RawFloats.toBytes(new float[] {1, 2, Float.POSITIVE_INFINITY});
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";
        assertThatThrownBy(() -> NpyFile.parse(npy(1, header, elements), "npy"))
                .hasMessage("npy: value 2 (from 0) is Infinity");
    }

    @Test
    void damagedFilesGiveOnlyFormatExceptions() throws IOException {
        byte[] good = npy(
                2, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", RawFloats.toBytes(new float[] {1, 2
                }));
        assertThat(NpyFile.parse(good, "npy").shape()).isEqualTo(Shape.of(2, 1));
        for (int length = 0; length < good.length; length++) {
            byte[] shorter = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> NpyFile.parse(shorter, "npy")).isInstanceOf(FormatException.class);
        }
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(NpyFile.parse(bytes, "npy").values()).hasSizeLessThan(3);
            } catch (FormatException e) {
                assertThat(e.getMessage()).as("seed %d", seed).startsWith("npy").doesNotContain("\n");
            }
        }
    }

    private static byte[] npy(int version, String header, byte[] elements) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
        if (version == 1) {
            length.putShort((short) text.length);
        } else {
            length.putInt(text.length);
        }
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0};
        return concat(magic, length.array(), text, elements);
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
