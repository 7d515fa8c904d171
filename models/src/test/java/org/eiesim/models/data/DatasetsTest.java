package org.eiesim.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    private static final byte[] LABELS = {0, 2, 1, 2};

    @TempDir
    Path folder;

    @Test
    void builtInSubsetHasTenClassesAndItsLicence() throws IOException {
        DatasetPair pair = Datasets.open("fashion-mnist");
        Dataset train = Objects.requireNonNull(pair.train());

        assertThat(train.size()).isEqualTo(10_000);
        assertThat(pair.test().size()).isEqualTo(2_000);
        assertThat(train.numClasses()).isEqualTo(10);
        assertThat(train.sampleShape()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(IntStream.range(0, 10).map(i -> pair.test().label(i))).containsExactly(9, 2, 1, 1, 6, 1, 4, 6, 5, 7);
        try (InputStream licence = Datasets.class.getResourceAsStream("fashion-mnist/LICENSE")) {
            assertThat(new String(Objects.requireNonNull(licence).readAllBytes(), StandardCharsets.UTF_8))
                    .contains("MIT License", "2017 Zalando SE", "WITHOUT WARRANTY");
        }
    }

    @Test
    void builtInSubsetIsTheStartOfTheFullOne() throws IOException {
        assumeThat(Path.of("/usr/share/datasets/fashion-mnist")).isDirectory();
        DatasetPair full = Datasets.open("fashion-mnist-full");
        DatasetPair subset = Datasets.open("fashion-mnist");
        Dataset train = Objects.requireNonNull(full.train());

        assertThat(train.size()).isEqualTo(60_000);
        assertThat(full.test().size()).isEqualTo(10_000);
        assertThat(Objects.requireNonNull(subset.train()).values())
                .isEqualTo(train.range(0, 10_000).values());
        assertThat(subset.test().values()).isEqualTo(full.test().range(0, 2_000).values());
        assertThat(subset.test().labels()).isEqualTo(full.test().range(0, 2_000).labels());
    }

    @Test
    void aMissingInstallationSaysWhatToInstall() {
        assertThatThrownBy(() -> Datasets.openInstalled(folder.resolve("none"), PixelScale.BY_256))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("install Debian's package dataset-fashion-mnist");
    }

    @Test
    void foldersAreReadWithAndWithoutTrainingPair() throws IOException {
        writeHalf("t10k", "", LABELS);
        DatasetPair testOnly = Datasets.open(folder.toString());
        assertThat(testOnly.train()).isNull();
        assertThat(testOnly.test().numClasses()).isEqualTo(3);
        assertThat(testOnly.test().sample(1))
                .containsExactly(IntStream.range(6, 12)
                        .mapToObj(i -> (37 * i & 0xFF) / 256f)
                        .toArray(Float[]::new));

        writeHalf("train", ".gz", new byte[] {4, 0});
        DatasetPair pair = Datasets.open(folder.toString());
        assertThat(Objects.requireNonNull(pair.train()).size()).isEqualTo(2);
        assertThat(pair.test().numClasses()).isEqualTo(5);
        assertThat(pair.test().range(1, 3).labels()).containsExactly(2, 1);
        assertThat(pair.test().range(1, 3).sample(0)).isEqualTo(pair.test().sample(1));
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        assertError("has no file t10k-images-idx3-ubyte or t10k-images-idx3-ubyte.gz");
        writeHalf("t10k", "", LABELS);
        Files.write(folder.resolve("train-images-idx3-ubyte"), IdxBytes.of(new byte[6], 1, 2, 3));
        assertError("has no file train-labels-idx1-ubyte");
        assertThatThrownBy(() -> Datasets.open("fashion-mist"))
                .isInstanceOf(FormatException.class)
                .hasMessage("fashion-mist: is neither a folder nor one of fashion-mnist, fashion-mnist-full");
        assertThatThrownBy(() -> Datasets.open("a\0b")).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> Datasets.open("")).isInstanceOf(FormatException.class);
    }

    @Test
    void misfitsAreNamed() throws IOException {
        writeHalf("t10k", "", LABELS);
        writeHalf("train", "", new byte[] {1, 1});
        assertError("t10k-labels-idx1-ubyte at byte 9: label 2 is not one of the 2 classes");

        writeHalf("train", "", LABELS);
        Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxBytes.of(new byte[3], 3));
        assertError("train-labels-idx1-ubyte at byte 4: 3 labels for 4 images");

        Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxBytes.of(new byte[4], 2, 2));
        assertError("labels need 1 axis, not 2");

        writeHalf("train", "", LABELS);
        Files.write(folder.resolve("train-images-idx3-ubyte"), IdxBytes.of(new byte[8], 4, 2));
        assertError("images need 3 or 4 axes, not 2");

        Files.write(folder.resolve("train-images-idx3-ubyte"), IdxBytes.of(new byte[16], 4, 2, 2));
        assertError("images are 1x2x3, but the training images are 1x2x2");

        writeHalf("train", "", new byte[0]);
        assertError("holds no images");
    }

    private void assertError(String part) {
        assertThatThrownBy(() -> Datasets.open(folder.toString()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(part);
    }

    private void writeHalf(String half, String suffix, byte[] labels) throws IOException {
        byte[] images = IdxBytes.of(IdxBytes.ramp(6 * labels.length), labels.length, 2, 3);
        byte[] classes = IdxBytes.of(labels, labels.length);
        boolean compressed = !suffix.isEmpty();
        Files.write(folder.resolve(half + "-images-idx3-ubyte" + suffix), compressed ? IdxBytes.gzip(images) : images);
        Files.write(
                folder.resolve(half + "-labels-idx1-ubyte" + suffix), compressed ? IdxBytes.gzip(classes) : classes);
    }
}
