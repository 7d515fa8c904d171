package org.eiesim.models.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/** Builds datasets from pairs of idx files under MNIST's names. */
final class IdxDataset {
    private static final String TRAIN = "train";
    private static final String TEST = "t10k";
    private static final String IMAGES = "-images-idx3-ubyte";
    private static final String LABELS = "-labels-idx1-ubyte";

    private IdxDataset() {}

    /** A parsed file and its name. */
    private record Named(String name, IdxFile file) {
        int count() {
            return file.extents()[0];
        }

        Shape sampleShape() {
            int[] extents = file.extents();
            return extents.length == 3
                    ? Shape.of(1, extents[1], extents[2])
                    : Shape.of(extents[1], extents[2], extents[3]);
        }
    }

    /** The images and labels of one half. */
    private record Half(Named images, Named labels) {}

    /**
     * Reads {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and
     * {@code t10k-labels-idx1-ubyte}, each as it is or with {@code .gz}; where both are there the plain one is read.
     * The training pair may be absent.
     *
     * @param folder the folder
     * @param name the dataset's name
     * @param scale what a pixel's value is
     * @return the images
     * @throws FormatException if a file is missing or damaged, or the files do not fit together
     * @throws IOException if reading fails
     */
    static DatasetPair readFolder(Path folder, String name, PixelScale scale) throws IOException {
        Path trainImages = find(folder, TRAIN + IMAGES);
        Path trainLabels = find(folder, TRAIN + LABELS);
        Half train = null;
        if (trainImages != null || trainLabels != null) {
            train = readHalf(
                    require(folder, TRAIN + IMAGES, trainImages), require(folder, TRAIN + LABELS, trainLabels));
        }
        Path testImages = require(folder, TEST + IMAGES, find(folder, TEST + IMAGES));
        Path testLabels = require(folder, TEST + LABELS, find(folder, TEST + LABELS));
        return pair(name, scale, train, readHalf(testImages, testLabels));
    }

    /**
     * Reads the four files, compressed, from resources.
     *
     * @param anchor the class beside which they lie
     * @param folder their folder, relative to the class
     * @param name the dataset's name
     * @param scale what a pixel's value is
     * @return the images
     * @throws IOException if a resource is missing or damaged
     */
    static DatasetPair readResources(Class<?> anchor, String folder, String name, PixelScale scale) throws IOException {
        Half train =
                new Half(readResource(anchor, folder, TRAIN + IMAGES), readResource(anchor, folder, TRAIN + LABELS));
        Half test = new Half(readResource(anchor, folder, TEST + IMAGES), readResource(anchor, folder, TEST + LABELS));
        return pair(name, scale, train, test);
    }

    private static Named readResource(Class<?> anchor, String folder, String file) throws IOException {
        String resource = folder + "/" + file + ".gz";
        try (InputStream stream = anchor.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new FormatException(resource, "is missing from the program");
            }
            return new Named(resource, IdxFile.read(stream, resource));
        }
    }

    private static Half readHalf(Path images, Path labels) throws IOException {
        return new Half(
                new Named(images.toString(), IdxFile.read(images)), new Named(labels.toString(), IdxFile.read(labels)));
    }

    private static @Nullable Path find(Path folder, String file) {
        Path plain = folder.resolve(file);
        Path compressed = folder.resolve(file + ".gz");
        return Files.exists(plain) ? plain : Files.exists(compressed) ? compressed : null;
    }

    private static Path require(Path folder, String file, @Nullable Path found) throws FormatException {
        if (found == null) {
            throw new FormatException(folder.toString(), "has no file " + file + " or " + file + ".gz");
        }
        return found;
    }

    private static DatasetPair pair(String name, PixelScale scale, @Nullable Half train, Half test)
            throws FormatException {
        checkHalf(test);
        int numClasses = numClasses(train == null ? test : train);
        if (train == null) {
            return new DatasetPair(null, dataset(name, scale, test, numClasses));
        }
        checkHalf(train);
        if (!train.images().sampleShape().equals(test.images().sampleShape())) {
            throw new FormatException(
                    test.images().name(),
                    "images are " + test.images().sampleShape() + ", but the training images are "
                            + train.images().sampleShape());
        }
        return new DatasetPair(dataset(name, scale, train, numClasses), dataset(name, scale, test, numClasses));
    }

    private static void checkHalf(Half half) throws FormatException {
        Named images = half.images();
        Named labels = half.labels();
        int rank = images.file().extents().length;
        if (rank < 3) {
            throw new FormatException(images.name(), 3, "images need 3 or 4 axes, not " + rank);
        }
        if (labels.file().extents().length != 1) {
            throw new FormatException(
                    labels.name(), 3, "labels need 1 axis, not " + labels.file().extents().length);
        }
        if (images.file().bytes().length == 0) {
            throw new FormatException(images.name(), 4, "holds no images");
        }
        if (images.count() != labels.count()) {
            throw new FormatException(labels.name(), 4, labels.count() + " labels for " + images.count() + " images");
        }
    }

    private static int numClasses(Half half) {
        byte[] labels = half.labels().file().bytes();
        return 1
                + IntStream.range(0, labels.length)
                        .map(i -> labels[i] & 0xFF)
                        .max()
                        .orElse(0);
    }

    private static Dataset dataset(String name, PixelScale scale, Half half, int numClasses) throws FormatException {
        byte[] bytes = half.labels().file().bytes();
        int[] labels = new int[bytes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = bytes[i] & 0xFF;
            if (labels[i] >= numClasses) {
                throw new FormatException(
                        half.labels().name(),
                        8L + i,
                        "label " + labels[i] + " is not one of the " + numClasses + " classes of the training images");
            }
        }
        return new Dataset(
                name, half.images().sampleShape(), half.images().file().bytes(), scale, labels, numClasses);
    }
}
