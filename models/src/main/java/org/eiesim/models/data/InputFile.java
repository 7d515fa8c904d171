package org.eiesim.models.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** Inputs for a network, given as a {@code .npy} file, as raw little-endian float32 values, or as a photograph. */
public final class InputFile {
    private InputFile() {}

    /**
     * Reads inputs. A file that starts as a {@code .npy} file does is one, whatever its name: an array of
     * {@code numValues} elements is one input, any other must have one input per step of its first axis. A PNG or JPEG file
     * is one input of three square planes, as {@link Photograph} converts it. Every other file is raw: inputs one after
     * another.
     *
     * @param path the file
     * @param numValues values of one input, at least 1
     * @return the inputs, at least one, each of {@code numValues} values
     * @throws FormatException if the file is missing, damaged or empty, does not hold whole inputs, or holds NaN or an
     *     infinite value
     * @throws IOException if reading fails
     */
    public static float[][] read(Path path, int numValues) throws IOException {
        return read(path, numValues, null);
    }

    /**
     * Reads inputs as {@link #read(Path, int)} does, with the pixels of a {@code .npy} file of uint8, or those of a
     * photograph in the order red, green, blue, scaled.
     *
     * @param path the file
     * @param numValues values of one input, at least 1
     * @param scale what a pixel's value is; null to take uint8 as numbers and a photograph as {@link Photograph} does
     * @return the inputs, at least one, each of {@code numValues} values
     * @throws FormatException as {@link #read(Path, int)} says, or if there is a scale and the file holds no pixels
     * @throws IOException if reading fails
     */
    public static float[][] read(Path path, int numValues, @Nullable PixelScale scale) throws IOException {
        if (numValues < 1) {
            throw new IllegalArgumentException("an input must have at least 1 value, not " + numValues);
        }
        String name = path.toString();
        byte[] bytes = InputFiles.readAll(path);
        if (NpyFile.hasMagic(bytes)) {
            Tensor tensor = NpyFile.parse(bytes, name);
            requireInputs(name, tensor.shape(), numValues);
            if (scale != null) {
                requirePixels(name, NpyFile.holdsBytes(bytes, name), scale);
                scale(tensor, numValues, name, scale);
            }
            return split(tensor.values(), numValues);
        }
        if (Photograph.hasMagic(bytes)) {
            int extent = planeExtent(name, numValues);
            return new float[][] {
                scale == null ? Photograph.read(path, extent) : Photograph.readScaled(path, extent, scale)
            };
        }
        if (scale != null) {
            requirePixels(name, false, scale);
        }
        float[] values = RawFloats.parse(bytes, name);
        if (values.length == 0) {
            throw new FormatException(name, "is empty");
        }
        if (values.length % numValues != 0) {
            throw new FormatException(
                    name,
                    "has " + values.length + " float32 values, which is not a multiple of " + numValues
                            + " (one input)");
        }
        return split(values, numValues);
    }

    private static void requirePixels(String name, boolean holdsPixels, PixelScale scale) throws FormatException {
        if (!holdsPixels) {
            throw new FormatException(
                    name, "holds numbers, not the bytes of pixels; leave out the pixel scale " + scale);
        }
    }

    /** Scales pixels in place; the last two axes are rows and columns, the one before them channels. */
    private static void scale(Tensor tensor, int numValues, String name, PixelScale scale) throws FormatException {
        Shape shape = tensor.shape();
        boolean hasChannels =
                shape.rank() > 2 && numValues % (shape.extent(shape.rank() - 1) * shape.extent(shape.rank() - 2)) == 0;
        int plane = hasChannels ? shape.extent(shape.rank() - 1) * shape.extent(shape.rank() - 2) : numValues;
        int numChannels = numValues / plane;
        if (scale.numChannels() != 1 && scale.numChannels() != numChannels) {
            throw new FormatException(
                    name,
                    "an input has " + numChannels + " channels, but the pixel scale " + scale + " has numbers for "
                            + scale.numChannels());
        }
        float[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = scale.value((byte) (int) values[i], i / plane % numChannels);
        }
    }

    /** Returns the extent of three square planes of so many values together. */
    private static int planeExtent(String name, int numValues) throws FormatException {
        int extent = (int) Math.round(Math.sqrt(numValues / 3.0));
        if (3L * extent * extent != numValues) {
            throw new FormatException(
                    name, "is a photograph, but an input of " + numValues + " values is not three square planes");
        }
        return extent;
    }

    private static void requireInputs(String name, Shape shape, int numValues) throws FormatException {
        boolean single = shape.size() == numValues;
        boolean several = shape.rank() > 1 && shape.size() > 0 && shape.size() / shape.extent(0) == numValues;
        if (!single && !several) {
            throw new FormatException(
                    name, "shape (" + shape + ") is neither one input of " + numValues + " values nor a row of them");
        }
    }

    private static float[][] split(float[] values, int numValues) {
        float[][] inputs = new float[values.length / numValues][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Arrays.copyOfRange(values, i * numValues, (i + 1) * numValues);
        }
        return inputs;
    }
}
