package org.eiesim.models.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/** Finds datasets by name or folder. */
public final class Datasets {
    /** The built-in dataset: the first 10,000 training and the first 2,000 test images of Fashion-MNIST. */
    public static final String FASHION_MNIST = "fashion-mnist";

    /** All 60,000 and 10,000 images of Fashion-MNIST, where Debian's package dataset-fashion-mnist is installed. */
    public static final String FASHION_MNIST_FULL = "fashion-mnist-full";

    private static final Path DEBIAN_FOLDER = Path.of("/usr/share/datasets/fashion-mnist");

    private Datasets() {}

    /**
     * Returns the names that {@link #open} knows besides folders.
     *
     * @return the names
     */
    public static List<String> names() {
        return List.of(FASHION_MNIST, FASHION_MNIST_FULL);
    }

    /**
     * Reads a dataset, with pixels divided by 256.
     *
     * @param nameOrFolder as {@link #open(String, PixelScale)} takes it
     * @return its samples
     * @throws FormatException as {@link #open(String, PixelScale)} says
     * @throws IOException if reading fails
     */
    public static DatasetPair open(String nameOrFolder) throws IOException {
        return open(nameOrFolder, null);
    }

    /**
     * Reads a dataset. A folder is told by the files in it:
     *
     * <ul>
     *   <li>{@code t10k-images-idx3-ubyte}, {@code t10k-labels-idx1-ubyte} and perhaps {@code train-images-idx3-ubyte},
     *       {@code train-labels-idx1-ubyte}, each plain or with {@code .gz} (MNIST; the number of classes is 1 + the
     *       largest training label, test label where there is no training pair)
     *   <li>{@code test_batch.bin} and {@code data_batch_1.bin} to {@code data_batch_5.bin} (CIFAR-10), {@code test.bin}
     *       and {@code train.bin} (CIFAR-100, fine labels)
     *   <li>{@code x_test.npy}, {@code y_test.npy} and perhaps {@code x_train.npy}, {@code y_train.npy}; or {@code x.npy},
     *       {@code y.npy}
     *   <li>{@code labels.csv} or {@code labels.txt} beside PNG or JPEG files
     * </ul>
     *
     * @param source one of {@link #names}, a folder, or {@code samples.npy,labels.npy}
     * @param scale what a pixel's value is; null for {@link PixelScale#BY_256}. Samples that are no bytes have none.
     * @return its samples
     * @throws FormatException if there is no such dataset, a file is missing or damaged, the files do not fit
     *     together, or the scale does not fit the samples
     * @throws IOException if reading fails
     */
    public static DatasetPair open(String source, @Nullable PixelScale scale) throws IOException {
        PixelScale pixels = scale == null ? PixelScale.BY_256 : scale;
        try {
            return switch (source) {
                case FASHION_MNIST -> IdxDataset.readResources(Datasets.class, FASHION_MNIST, FASHION_MNIST, pixels);
                case FASHION_MNIST_FULL -> openInstalled(DEBIAN_FOLDER, pixels);
                default -> openFiles(source, scale, pixels);
            };
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads the whole of Fashion-MNIST.
     *
     * @param folder where the package puts it
     * @param scale what a pixel's value is
     * @return its images
     * @throws FormatException if it is not there or damaged
     * @throws IOException if reading fails
     */
    static DatasetPair openInstalled(Path folder, PixelScale scale) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FormatException(
                    FASHION_MNIST_FULL,
                    "there is no " + folder + "; install Debian's package dataset-fashion-mnist, or use "
                            + FASHION_MNIST);
        }
        return IdxDataset.readFolder(folder, FASHION_MNIST_FULL, scale);
    }

    private static DatasetPair openFiles(String name, @Nullable PixelScale scale, PixelScale pixels)
            throws IOException {
        int comma = name.indexOf(".npy,");
        if (comma >= 0) {
            int end = comma + ".npy".length();
            return NpyDataset.readPair(path(name.substring(0, end)), path(name.substring(end + 1)), name, scale);
        }
        Path folder = path(name);
        if (name.isEmpty() || !Files.isDirectory(folder)) {
            String hint = name.endsWith(".npy") ? "; labels go with samples as samples.npy,labels.npy" : "";
            throw new FormatException(
                    name.isEmpty() ? "data" : name,
                    "is neither a folder nor one of " + String.join(", ", names()) + hint);
        }
        if (CifarDataset.isIn(folder)) {
            return CifarDataset.readFolder(folder, name, pixels);
        }
        if (NpyDataset.isIn(folder)) {
            return NpyDataset.readFolder(folder, name, scale);
        }
        return ImageFolder.isIn(folder)
                ? ImageFolder.readFolder(folder, name, pixels)
                : IdxDataset.readFolder(folder, name, pixels);
    }

    private static Path path(String name) throws FormatException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new FormatException("data", "not a path: " + e.getMessage());
        }
    }
}
