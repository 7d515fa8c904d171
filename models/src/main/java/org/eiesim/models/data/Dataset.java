package org.eiesim.models.data;

import java.util.Arrays;
import org.eiesim.models.network.Shape;

/**
 * Labelled images of one shape, kept as the bytes of their file; a value is its byte divided by 256.
 *
 * @param name where they come from, for messages
 * @param sampleShape the shape of one image, {@code [channels, height, width]}
 * @param pixels all images one after another, each in C order; owned by the dataset, not copied, not to be changed
 *     afterwards
 * @param labels one class per image, 0..numClasses-1; owned by the dataset likewise
 * @param numClasses number of classes
 */
public record Dataset(String name, Shape sampleShape, byte[] pixels, int[] labels, int numClasses) {
    private static final float PIXEL_SCALE = 1f / 256;

    /** Checks that the arrays fit together. */
    public Dataset {
        if (pixels.length != (long) labels.length * sampleShape.size()) {
            throw new IllegalArgumentException(
                    pixels.length + " pixels for " + labels.length + " images of " + sampleShape);
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= numClasses) {
                throw new IllegalArgumentException(
                        "label " + labels[i] + " of image " + i + " is not in 0.." + (numClasses - 1));
            }
        }
    }

    /**
     * Returns the number of images.
     *
     * @return the count
     */
    public int size() {
        return labels.length;
    }

    /**
     * Returns the class of one image.
     *
     * @param i 0..size-1
     * @return 0..numClasses-1
     */
    public int label(int i) {
        return labels[i];
    }

    /**
     * Returns one image.
     *
     * @param i 0..size-1
     * @return a new array of {@code sampleShape.size()} values, {@code pixel / 256}
     */
    public float[] sample(int i) {
        float[] values = new float[sampleShape.size()];
        copySample(i, values, 0);
        return values;
    }

    /**
     * Writes one image into an array.
     *
     * @param i 0..size-1
     * @param values receives {@code sampleShape.size()} values, {@code pixel / 256}, from {@code offset}
     * @param offset position of the first value
     */
    public void copySample(int i, float[] values, int offset) {
        int length = sampleShape.size();
        int start = i * length;
        for (int j = 0; j < length; j++) {
            values[offset + j] = (pixels[start + j] & 0xFF) * PIXEL_SCALE;
        }
    }

    /**
     * Returns some of the images.
     *
     * @param from the first, 0..to
     * @param to the one after the last, at most size
     * @return a new dataset
     * @throws IllegalArgumentException if the range is not within the dataset
     */
    public Dataset range(int from, int to) {
        if (from < 0 || from > to || to > size()) {
            throw new IllegalArgumentException("images " + from + ".." + to + " of " + size());
        }
        int length = sampleShape.size();
        return new Dataset(
                name,
                sampleShape,
                Arrays.copyOfRange(pixels, from * length, to * length),
                Arrays.copyOfRange(labels, from, to),
                numClasses);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dataset dataset
                && name.equals(dataset.name)
                && sampleShape.equals(dataset.sampleShape)
                && Arrays.equals(pixels, dataset.pixels)
                && Arrays.equals(labels, dataset.labels)
                && numClasses == dataset.numClasses;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(pixels) + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "Dataset[" + name + ", " + size() + " x " + sampleShape + ", " + numClasses + " classes]";
    }
}
