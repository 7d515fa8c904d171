package org.eiesim.models.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * CIFAR's binary format: records of one label byte (CIFAR-10) or of a coarse and a fine one (CIFAR-100, the fine one is
 * used) and 3,072 bytes, the planes of red, green and blue, row by row.
 *
 * <p>Source: A. Krizhevsky, cs.toronto.edu/~kriz/cifar.html.
 */
final class CifarDataset {
    private static final Shape SHAPE = Shape.of(3, 32, 32);
    private static final String TEST_10 = "test_batch.bin";
    private static final String TEST_100 = "test.bin";
    private static final int NUM_BATCHES = 5;

    private CifarDataset() {}

    /** Says whether a folder holds the test images of one of the two sets. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(TEST_10)) || Files.exists(folder.resolve(TEST_100));
    }

    /**
     * Reads {@code test_batch.bin} and those of {@code data_batch_1.bin .. 5} that are there, or {@code test.bin} and
     * {@code train.bin}.
     *
     * @param folder the folder
     * @param name the dataset's name
     * @param scale what a pixel's value is
     * @return the images
     * @throws FormatException if a file is damaged
     * @throws IOException if reading fails
     */
    static DatasetPair readFolder(Path folder, String name, PixelScale scale) throws IOException {
        boolean isTen = Files.exists(folder.resolve(TEST_10));
        List<Path> train = new ArrayList<>();
        if (isTen) {
            for (int i = 1; i <= NUM_BATCHES; i++) {
                train.add(folder.resolve("data_batch_" + i + ".bin"));
            }
        } else {
            train.add(folder.resolve("train.bin"));
        }
        train.removeIf(file -> !Files.exists(file));
        int numLabels = isTen ? 1 : 2;
        int numClasses = isTen ? 10 : 100;
        Dataset test = read(List.of(folder.resolve(isTen ? TEST_10 : TEST_100)), name, scale, numLabels, numClasses);
        @Nullable Dataset training = train.isEmpty() ? null : read(train, name, scale, numLabels, numClasses);
        return new DatasetPair(training, test);
    }

    private static Dataset read(List<Path> files, String name, PixelScale scale, int numLabels, int numClasses)
            throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        List<Integer> labels = new ArrayList<>();
        int record = numLabels + SHAPE.size();
        for (Path file : files) {
            byte[] bytes = InputFiles.readAll(file);
            if (bytes.length == 0 || bytes.length % record != 0) {
                throw new FormatException(
                        file.toString(),
                        "has " + bytes.length + " bytes, which is not a multiple of " + record + " (one image of CIFAR-"
                                + numClasses + ")");
            }
            for (int start = 0; start < bytes.length; start += record) {
                int label = bytes[start + numLabels - 1] & 0xFF;
                if (label >= numClasses) {
                    throw new FormatException(
                            file.toString(),
                            start + numLabels - 1L,
                            "label " + label + " is not in 0.." + (numClasses - 1));
                }
                labels.add(label);
                pixels.write(bytes, start + numLabels, SHAPE.size());
            }
        }
        int[] classes = labels.stream().mapToInt(Integer::intValue).toArray();
        return new Dataset(name, SHAPE, pixels.toByteArray(), scale, classes, numClasses);
    }
}
