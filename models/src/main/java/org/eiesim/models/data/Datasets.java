package org.eiesim.models.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;

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
     * Reads a dataset.
     *
     * @param nameOrFolder one of {@link #names}, or a folder with {@code t10k-images-idx3-ubyte},
     *     {@code t10k-labels-idx1-ubyte} and perhaps {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte},
     *     each plain or with {@code .gz}
     * @return its images; the number of classes is 1 + the largest training label (test label where there is no
     *     training pair)
     * @throws FormatException if there is no such dataset, a file is missing or damaged, or the files do not fit
     *     together
     * @throws IOException if reading fails
     */
    public static DatasetPair open(String nameOrFolder) throws IOException {
        return switch (nameOrFolder) {
            case FASHION_MNIST -> IdxDataset.readResources(Datasets.class, FASHION_MNIST, FASHION_MNIST);
            case FASHION_MNIST_FULL -> openInstalled(DEBIAN_FOLDER);
            default -> openFolder(nameOrFolder);
        };
    }

    /**
     * Reads the whole of Fashion-MNIST.
     *
     * @param folder where the package puts it
     * @return its images
     * @throws FormatException if it is not there or damaged
     * @throws IOException if reading fails
     */
    static DatasetPair openInstalled(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FormatException(
                    FASHION_MNIST_FULL,
                    "there is no " + folder + "; install Debian's package dataset-fashion-mnist, or use "
                            + FASHION_MNIST);
        }
        return IdxDataset.readFolder(folder, FASHION_MNIST_FULL);
    }

    private static DatasetPair openFolder(String name) throws IOException {
        Path folder;
        try {
            folder = Path.of(name);
        } catch (InvalidPathException e) {
            throw new FormatException("data", "not a path: " + e.getMessage());
        }
        if (name.isEmpty() || !Files.isDirectory(folder)) {
            throw new FormatException(
                    name.isEmpty() ? "data" : name, "is neither a folder nor one of " + String.join(", ", names()));
        }
        return IdxDataset.readFolder(folder, name);
    }
}
