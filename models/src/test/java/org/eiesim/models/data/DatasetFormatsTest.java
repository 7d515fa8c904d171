package org.eiesim.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples and labels in other formats than MNIST's, and the scales of pixels. */
class DatasetFormatsTest {
    @TempDir
    Path folder;

    @Test
    void pixelsAreScaledAsAskedFor() {
        assertThat(PixelScale.parse("256").value((byte) 200, 0)).isEqualTo(200 / 256f);
        assertThat(PixelScale.parse("255").value((byte) 255, 0)).isEqualTo(1f);
        assertThat(PixelScale.parse("1").value((byte) 200, 0)).isEqualTo(200f);
        assertThat(PixelScale.parse("0.5,0.25").value((byte) 0, 2)).isEqualTo(-2f);
        PixelScale imageNet = PixelScale.parse("0.485:0.456:0.406,0.229:0.224:0.225");
        assertThat(imageNet.value((byte) 128, 1)).isEqualTo((128 / 255f - 0.456f) / 0.224f);
        assertThat(imageNet.value((byte) 128, 2)).isEqualTo((128 / 255f - 0.406f) / 0.225f);
        for (String bad : new String[] {"", "0", "-1", "x", "1,0", "1,2,3", "1:2,1", "NaN", "1,1e99"}) {
            assertThatThrownBy(() -> PixelScale.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("pixel scale " + bad + " is neither");
        }
    }

    @Test
    void readsNumPyArraysOfNumbersAndOfPixels() throws IOException {
        Path numbers = folder.resolve("x.npy");
        NpyFile.write(numbers, new Tensor(Shape.of(3, 2), new float[] {1, 2, 3, -4, 5, 6}));
        Path labels = npy("y.npy", "<i8", "(3,)", longs(1, 0, 7));
        for (String source : new String[] {numbers + "," + labels, folder.toString()}) {
            DatasetPair pair = Datasets.open(source);
            assertThat(pair.train()).isNull();
            assertThat(pair.test().sample(1)).containsExactly(3, -4);
            assertThat(pair.test().labels()).containsExactly(1, 0, 7);
            assertThat(pair.test().numClasses()).isEqualTo(8);
        }
        assertThatThrownBy(() -> Datasets.open(folder.toString(), PixelScale.parse("255")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("x.npy: holds numbers, not the bytes of pixels; leave out the pixel scale 255");

        Path pixels = npy("p.npy", "|u1", "(3, 2, 1, 1)", new byte[] {0, 51, (byte) 255, 102, 1, 2});
        Dataset scaled = Datasets.open(pixels + "," + labels, PixelScale.parse("0:1,1:2"))
                .test();
        assertThat(scaled.sample(1)).containsExactly(1f, (102 / 255f - 1f) / 2f);
        assertThat(Datasets.open(pixels + "," + labels).test().sample(0)).containsExactly(0, 51 / 256f);
        assertThatThrownBy(() -> Datasets.open(pixels + "," + labels, PixelScale.parse("0:0:0,1:1:1")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("numbers for 3 channels");
        assertThatThrownBy(() -> Datasets.open(pixels + "," + npy("z.npy", "<i4", "(1,)", new byte[4])))
                .hasMessageContaining("1 labels for 3 samples");
    }

    @Test
    void readsCifarTen() throws IOException {
        byte[] first = record(1, 3, 4);
        byte[] second = record(1, 9, 5);
        Files.write(folder.resolve("test_batch.bin"), joined(first, second));
        Files.write(folder.resolve("data_batch_2.bin"), record(1, 0, 6));
        DatasetPair pair = Datasets.open(folder.toString(), PixelScale.parse("1"));
        assertThat(pair.test().labels()).containsExactly(3, 9);
        assertThat(pair.test().numClasses()).isEqualTo(10);
        assertThat(pair.test().sampleShape()).isEqualTo(Shape.of(3, 32, 32));
        assertThat(pair.test().sample(1)[3071]).isEqualTo(second[3072] & 0xFF);
        assertThat(Objects.requireNonNull(pair.train()).size()).isEqualTo(1);

        Files.write(folder.resolve("test_batch.bin"), joined(first, record(1, 10, 5)));
        assertThatThrownBy(() -> Datasets.open(folder.toString()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("at byte 3073: label 10 is not in 0..9");
        Files.write(folder.resolve("test_batch.bin"), new byte[3000]);
        assertThatThrownBy(() -> Datasets.open(folder.toString()))
                .hasMessageContaining("not a multiple of 3073 (one image of CIFAR-10)");
    }

    @Test
    void readsCifarHundredByItsFineLabels() throws IOException {
        Files.write(folder.resolve("test.bin"), record(2, 77, 1));
        Dataset test = Datasets.open(folder.toString()).test();
        assertThat(test.labels()).containsExactly(77);
        assertThat(test.numClasses()).isEqualTo(100);
        assertThat(test.sample(0)[0]).isEqualTo((record(2, 77, 1)[2] & 0xFF) / 256f);
    }

    @Test
    void readsFoldersOfImages() throws IOException {
        image("a.png", BufferedImage.TYPE_INT_RGB, 0x010203);
        image("b.png", BufferedImage.TYPE_INT_RGB, 0xFF8000);
        Files.writeString(folder.resolve("labels.csv"), "file,label\n# two\nb.png,1\n\na.png, 0\n");
        Dataset test = Datasets.open(folder.toString(), PixelScale.parse("1")).test();
        assertThat(test.sampleShape()).isEqualTo(Shape.of(3, 2, 4));
        assertThat(test.labels()).containsExactly(1, 0);
        assertThat(test.sample(0)[0]).isEqualTo(255);
        assertThat(test.sample(0)[8]).isEqualTo(128);
        assertThat(test.sample(1)[16]).isEqualTo(3);

        image("c.png", BufferedImage.TYPE_BYTE_GRAY, 0);
        Files.writeString(folder.resolve("labels.csv"), "a.png,0\nc.png,0\n");
        assertThatThrownBy(() -> Datasets.open(folder.toString()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("c.png: is 1x2x4 (channels, height, width), but");
        Files.writeString(folder.resolve("labels.csv"), "a.png,cat\n");
        assertThatThrownBy(() -> Datasets.open(folder.toString())).hasMessageContaining("labels.csv line 1");
        Files.delete(folder.resolve("labels.csv"));
        Files.writeString(folder.resolve("labels.txt"), "c.png 5\n");
        Dataset grey = Datasets.open(folder.toString()).test();
        assertThat(grey.sampleShape()).isEqualTo(Shape.of(1, 2, 4));
        assertThat(grey.sample(0)[7]).isEqualTo(70 / 256f);
    }

    @Test
    void drawsTheSameSamplesForASeed() throws IOException {
        Dataset all = Datasets.open("fashion-mnist").test();
        Dataset drawn = all.draw(100, 5);
        assertThat(drawn).isEqualTo(all.draw(100, 5)).isNotEqualTo(all.draw(100, 6));
        assertThat(all.draw(all.size(), 1)).isEqualTo(all);
        assertThat(drawn.labels()).isNotEqualTo(all.range(0, 100).labels());
    }

    private void image(String name, int type, int colour) throws IOException {
        BufferedImage image = new BufferedImage(4, 2, type);
        for (int i = 0; i < 8; i++) {
            if (type == BufferedImage.TYPE_BYTE_GRAY) {
                image.getRaster().setSample(i % 4, i / 4, 0, i * 10);
            } else {
                image.setRGB(i % 4, i / 4, colour);
            }
        }
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    private static byte[] record(int numLabels, int label, long seed) {
        byte[] record = new byte[numLabels + 3072];
        new Random(seed).nextBytes(record);
        record[numLabels - 1] = (byte) label;
        return record;
    }

    private static byte[] joined(byte[] first, byte[] second) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(first);
        stream.write(second);
        return stream.toByteArray();
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    private Path npy(String name, String type, String shape, byte[] elements) throws IOException {
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + text.length() + elements.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length());
        bytes.put(text.getBytes(StandardCharsets.US_ASCII)).put(elements);
        return Files.write(folder.resolve(name), bytes.array());
    }
}
