package org.eiesim.models.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Samples and labels as two NumPy arrays: {@code [count, ...]} of numbers, or of uint8 pixels, which are scaled; and
 * {@code [count]} or {@code [count, 1]} of classes.
 */
final class NpyDataset {
    private static final String SUFFIX = ".npy";

    private NpyDataset() {}

    /** Says whether a folder holds {@code x_test.npy} or {@code x.npy}. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve("x_test" + SUFFIX)) || Files.exists(folder.resolve("x" + SUFFIX));
    }

    /**
     * Reads {@code x_test.npy}, {@code y_test.npy} and, where they are there, {@code x_train.npy}, {@code y_train.npy};
     * or {@code x.npy} and {@code y.npy}.
     *
     * @param folder the folder
     * @param name the dataset's name
     * @param scale what a pixel's value is; null for {@link PixelScale#BY_256}
     * @return the samples
     * @throws FormatException if a file is missing or damaged, or the files do not fit together
     * @throws IOException if reading fails
     */
    static DatasetPair readFolder(Path folder, String name, @Nullable PixelScale scale) throws IOException {
        if (!Files.exists(folder.resolve("x_test" + SUFFIX))) {
            return readPair(folder.resolve("x" + SUFFIX), folder.resolve("y" + SUFFIX), name, scale);
        }
        Half test = Half.read(folder.resolve("x_test" + SUFFIX), folder.resolve("y_test" + SUFFIX));
        Path train = folder.resolve("x_train" + SUFFIX);
        if (!Files.exists(train)) {
            return new DatasetPair(null, test.dataset(name, scale, test.numClasses()));
        }
        Half training = Half.read(train, folder.resolve("y_train" + SUFFIX));
        if (!training.sampleShape().equals(test.sampleShape())) {
            throw new FormatException(
                    test.name(),
                    "samples are " + test.sampleShape() + ", but the training samples are " + training.sampleShape());
        }
        int numClasses = Math.max(training.numClasses(), test.numClasses());
        return new DatasetPair(training.dataset(name, scale, numClasses), test.dataset(name, scale, numClasses));
    }

    /**
     * Reads test samples.
     *
     * @param samples the file of samples
     * @param labels the file of labels
     * @param name the dataset's name
     * @param scale what a pixel's value is; null for {@link PixelScale#BY_256}
     * @return the samples, with no training samples
     * @throws FormatException if a file is missing or damaged, or they do not fit together
     * @throws IOException if reading fails
     */
    static DatasetPair readPair(Path samples, Path labels, String name, @Nullable PixelScale scale) throws IOException {
        Half half = Half.read(samples, labels);
        return new DatasetPair(null, half.dataset(name, scale, half.numClasses()));
    }

    /** The two arrays of one half. */
    private record Half(String name, Tensor samples, boolean isPixels, int[] labels) {
        static Half read(Path samples, Path labels) throws IOException {
            byte[] bytes = InputFiles.readAll(samples);
            Tensor values = NpyFile.parse(bytes, samples.toString());
            Shape shape = values.shape();
            if (shape.rank() < 2 || shape.extent(0) < 1) {
                throw new FormatException(
                        samples.toString(),
                        "shape (" + shape + ") is not that of samples: their number and their axes");
            }
            return new Half(
                    samples.toString(),
                    values,
                    NpyFile.holdsBytes(bytes, samples.toString()),
                    classes(labels, shape.extent(0)));
        }

        private static int[] classes(Path file, int count) throws IOException {
            Tensor tensor = NpyFile.read(file);
            Shape shape = tensor.shape();
            if (shape.rank() < 1 || shape.size() != shape.extent(0)) {
                throw new FormatException(file.toString(), "shape (" + shape + ") is not that of one class per sample");
            }
            if (shape.size() != count) {
                throw new FormatException(file.toString(), shape.size() + " labels for " + count + " samples");
            }
            int[] classes = new int[count];
            for (int i = 0; i < count; i++) {
                float label = tensor.values()[i];
                classes[i] = (int) label;
                if (label < 0 || classes[i] != label || classes[i] == Integer.MAX_VALUE) {
                    throw new FormatException(
                            file.toString(), "label " + label + " of sample " + i + " is not a class");
                }
            }
            return classes;
        }

        Shape sampleShape() {
            int[] extents = samples.shape().toArray();
            return Shape.of(Arrays.copyOfRange(extents, 1, extents.length));
        }

        int numClasses() {
            return 1 + Arrays.stream(labels).max().orElse(0);
        }

        Dataset dataset(String dataset, @Nullable PixelScale scale, int numClasses) throws FormatException {
            if (!isPixels && scale != null) {
                throw new FormatException(
                        name, "holds numbers, not the bytes of pixels; leave out the pixel scale " + scale);
            }
            if (!isPixels) {
                return new Dataset(
                        dataset, sampleShape(), new SampleValues.Floats(samples.values()), labels, numClasses);
            }
            byte[] pixels = new byte[samples.values().length];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (int) samples.values()[i];
            }
            PixelScale pixelScale = scale == null ? PixelScale.BY_256 : scale;
            return new Dataset(dataset, sampleShape(), pixels, pixelScale, labels, numClasses);
        }
    }
}
