package org.eiesim.models.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.eiesim.kernels.bits.FormatException;

/**
 * A photograph as ImageNet networks trained with Caffe take it: the centre square, scaled by bilinear interpolation,
 * channels blue, green, red, less the mean colour of the training images, not scaled.
 */
public final class Photograph {
    /** Mean of blue, green and red over ImageNet's training images, as the authors of SqueezeNet round it. */
    private static final float[] MEANS = {104, 117, 123};

    private static final int CHANNEL_MASK = 0xFF;

    private Photograph() {}

    /**
     * Reads a photograph.
     *
     * @param path a PNG or JPEG file
     * @param size extent of the result
     * @return {@code [3, size, size]}: blue, green, red
     * @throws FormatException if the file is not an image
     * @throws IOException if it cannot be read
     */
    public static float[] read(Path path, int size) throws IOException {
        return pixels(image(path), size);
    }

    /**
     * Reads a photograph with its channels in the order red, green, blue, rounded to whole bytes and scaled.
     *
     * @param path a PNG or JPEG file
     * @param size extent of the result
     * @param scale what a pixel's value is, of 1 or 3 channels
     * @return {@code [3, size, size]}: red, green, blue
     * @throws FormatException if the file is not an image
     * @throws IOException if it cannot be read
     */
    static float[] readScaled(Path path, int size, PixelScale scale) throws IOException {
        float[] planes = pixels(image(path), size);
        float[] scaled = new float[planes.length];
        int plane = size * size;
        for (int i = 0; i < scaled.length; i++) {
            int channel = i / plane;
            int from = MEANS.length - 1 - channel;
            int pixel = Math.round(planes[from * plane + i % plane] + MEANS[from]);
            scaled[i] = scale.value((byte) pixel, channel);
        }
        return scaled;
    }

    private static BufferedImage image(Path path) throws IOException {
        BufferedImage image = ImageIO.read(path.toFile());
        if (image == null) {
            throw new FormatException(path.toString(), "is not an image in a format Java reads, such as PNG or JPEG");
        }
        return image;
    }

    /** Says whether a file begins as a PNG or JPEG file does. */
    static boolean hasMagic(byte[] bytes) {
        return startsWith(bytes, 0x89, 'P', 'N', 'G') || startsWith(bytes, 0xFF, 0xD8, 0xFF);
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & CHANNEL_MASK) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Converts an image.
     *
     * @param image the image
     * @param size extent of the result, at least 1
     * @return {@code [3, size, size]}
     */
    static float[] pixels(BufferedImage image, int size) {
        int side = Math.min(image.getWidth(), image.getHeight());
        int left = (image.getWidth() - side) / 2;
        int top = (image.getHeight() - side) / 2;
        float[] pixels = new float[MEANS.length * size * size];
        for (int row = 0; row < size; row++) {
            double y = place(row, size, side);
            for (int column = 0; column < size; column++) {
                double x = place(column, size, side);
                for (int channel = 0; channel < MEANS.length; channel++) {
                    double value = interpolate(image, left, top, side, x, y, channel * Byte.SIZE);
                    pixels[(channel * size + row) * size + column] = (float) (value - MEANS[channel]);
                }
            }
        }
        return pixels;
    }

    /** Returns where the centre of a pixel lies in the square, within it. */
    private static double place(int index, int size, int side) {
        double centre = (index + 0.5) * side / size - 0.5;
        return Math.max(0, Math.min(side - 1, centre));
    }

    private static double interpolate(BufferedImage image, int left, int top, int side, double x, double y, int shift) {
        int x0 = (int) x;
        int y0 = (int) y;
        int x1 = Math.min(side - 1, x0 + 1);
        int y1 = Math.min(side - 1, y0 + 1);
        double upper =
                between(value(image, left + x0, top + y0, shift), value(image, left + x1, top + y0, shift), x - x0);
        double lower =
                between(value(image, left + x0, top + y1, shift), value(image, left + x1, top + y1, shift), x - x0);
        return between(upper, lower, y - y0);
    }

    private static double between(double a, double b, double share) {
        return a + (b - a) * share;
    }

    private static int value(BufferedImage image, int x, int y, int shift) {
        return image.getRGB(x, y) >> shift & CHANNEL_MASK;
    }
}
