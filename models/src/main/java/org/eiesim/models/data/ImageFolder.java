package org.eiesim.models.data;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A folder of PNG or JPEG images with {@code labels.csv} or {@code labels.txt}: one line {@code file,class} per image, in
 * a {@code .txt} also {@code file class}; an optional first line {@code file,label} and lines that are blank or start
 * with {@code #} are passed over. A folder {@code train} in it, of the same kind, holds the training images. All images
 * have the same extents: one plane if they are grey, planes of red, green and blue if they are coloured.
 */
final class ImageFolder {
    private static final List<String> LABEL_FILES = List.of("labels.csv", "labels.txt");
    private static final int CHANNEL_BITS = 8;

    private ImageFolder() {}

    /** Says whether a folder has a file of labels. */
    static boolean isIn(Path folder) {
        return labelFile(folder) != null;
    }

    private static @Nullable Path labelFile(Path folder) {
        return LABEL_FILES.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
    }

    /**
     * Reads a folder.
     *
     * @param folder the folder
     * @param name the dataset's name
     * @param scale what a pixel's value is
     * @return the images
     * @throws FormatException if a line of the labels or an image cannot be used
     * @throws IOException if reading fails
     */
    static DatasetPair readFolder(Path folder, String name, PixelScale scale) throws IOException {
        Images test = Images.read(folder);
        Path train = folder.resolve("train");
        if (!isIn(train)) {
            return new DatasetPair(null, test.dataset(name, scale, test.numClasses()));
        }
        Images training = Images.read(train);
        if (!training.shape().equals(test.shape())) {
            throw new FormatException(
                    folder.toString(),
                    "images are " + test.shape() + ", but those of " + train + " are " + training.shape());
        }
        int numClasses = Math.max(training.numClasses(), test.numClasses());
        return new DatasetPair(training.dataset(name, scale, numClasses), test.dataset(name, scale, numClasses));
    }

    /** One line of a file of labels. */
    private record Label(Path image, int label) {}

    private record Images(Shape shape, byte[] pixels, int[] labels) {
        static Images read(Path folder) throws IOException {
            List<Label> labels = ImageFolder.labels(folder);
            ByteArrayOutputStream pixels = new ByteArrayOutputStream();
            Shape shape = null;
            for (Label label : labels) {
                BufferedImage image = image(label.image());
                Shape own = Shape.of(isGrey(image) ? 1 : 3, image.getHeight(), image.getWidth());
                if (shape != null && !shape.equals(own)) {
                    throw new FormatException(
                            label.image().toString(),
                            "is " + own + " (channels, height, width), but "
                                    + labels.get(0).image() + " is " + shape);
                }
                shape = own;
                write(image, pixels);
            }
            if (shape == null) {
                throw new FormatException(String.valueOf(labelFile(folder)), "names no image");
            }
            return new Images(
                    shape,
                    pixels.toByteArray(),
                    labels.stream().mapToInt(Label::label).toArray());
        }

        int numClasses() {
            int most = 0;
            for (int label : labels) {
                most = Math.max(most, label);
            }
            return most + 1;
        }

        Dataset dataset(String name, PixelScale scale, int numClasses) {
            return new Dataset(name, shape, pixels, scale, labels, numClasses);
        }
    }

    private static List<Label> labels(Path folder) throws IOException {
        Path file = labelFile(folder);
        if (file == null) {
            throw new FormatException(folder.toString(), "has no labels.csv or labels.txt");
        }
        String separator = file.toString().endsWith(".csv") ? "\\s*,\\s*" : "\\s*,\\s*|\\s+";
        List<Label> labels = new ArrayList<>();
        int number = 0;
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                number++;
                String[] cells = line.strip().split(separator, -1);
                boolean isHeading = number == 1 && cells.length == 2 && cells[1].equalsIgnoreCase("label");
                if (!line.isBlank() && !line.startsWith("#") && !isHeading) {
                    labels.add(label(folder, cells, file + " line " + number));
                }
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new FormatException(file.toString(), "is not text in UTF-8");
            }
            throw e.getCause();
        }
        return labels;
    }

    private static Label label(Path folder, String[] cells, String place) throws FormatException {
        try {
            int label = cells.length == 2 ? Integer.parseInt(cells[1]) : -1;
            if (label >= 0 && label < Integer.MAX_VALUE) {
                return new Label(folder.resolve(cells[0]), label);
            }
        } catch (NumberFormatException | InvalidPathException e) {
            // Said below.
        }
        throw new FormatException(place, "is not a file and its class, a whole number from 0: file,class");
    }

    private static BufferedImage image(Path path) throws IOException {
        InputFiles.requireFile(path);
        BufferedImage image;
        try {
            image = ImageIO.read(path.toFile());
        } catch (IOException | RuntimeException e) {
            throw new FormatException(path.toString(), "is a damaged image");
        }
        if (image == null) {
            throw new FormatException(path.toString(), "is not an image in a format Java reads, such as PNG or JPEG");
        }
        int type = image.getRaster().getDataBuffer().getDataType();
        if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_INT) {
            throw new FormatException(path.toString(), "has more than " + CHANNEL_BITS + " bits per channel");
        }
        return image;
    }

    private static boolean isGrey(BufferedImage image) {
        return image.getColorModel().getNumColorComponents() == 1
                && !(image.getColorModel() instanceof IndexColorModel)
                && image.getRaster().getSampleModel().getSampleSize(0) == CHANNEL_BITS;
    }

    /** Writes planes; grey bytes are taken as they are, for converting them to colours would change them. */
    private static void write(BufferedImage image, ByteArrayOutputStream pixels) {
        boolean isGrey = isGrey(image);
        for (int channel = isGrey ? 0 : 2; channel >= 0; channel--) {
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    pixels.write(isGrey ? image.getRaster().getSample(x, y, 0) : image.getRGB(x, y) >> (8 * channel));
                }
            }
        }
    }
}
