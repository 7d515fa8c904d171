package org.eiesim.models.data;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.eiesim.models.network.Shape;

/**
 * Labelled samples of one shape, mostly images.
 *
 * @param name where they come from, for messages
 * @param sampleShape the shape of one sample; of an image {@code [channels, height, width]}
 * @param values all samples one after another, each in C order
 * @param labels one class per image, 0..numClasses-1; owned by the dataset likewise
 * @param numClasses number of classes
 */
public record Dataset(String name, Shape sampleShape, SampleValues values, int[] labels, int numClasses) {
    /** Checks that the arrays fit together. */
    public Dataset {
        if (values.length() != (long) labels.length * sampleShape.size()) {
            throw new IllegalArgumentException(
                    values.length() + " values for " + labels.length + " images of " + sampleShape);
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= numClasses) {
                throw new IllegalArgumentException(
                        "label " + labels[i] + " of image " + i + " is not in 0.." + (numClasses - 1));
            }
        }
    }

    /**
     * Takes images whose values are their bytes divided by 256.
     *
     * @param name where they come from, for messages
     * @param sampleShape the shape of one image, {@code [channels, height, width]}
     * @param pixels all images one after another, each in C order; owned by the dataset, not copied, not to be changed
     *     afterwards
     * @param labels one class per image, 0..numClasses-1; owned by the dataset likewise
     * @param numClasses number of classes
     */
    public Dataset(String name, Shape sampleShape, byte[] pixels, int[] labels, int numClasses) {
        this(name, sampleShape, pixels, PixelScale.BY_256, labels, numClasses);
    }

    /**
     * Takes images.
     *
     * @param name where they come from, for messages
     * @param sampleShape the shape of one image, {@code [channels, height, width]}, or without channels
     * @param pixels all images one after another, each in C order; owned by the dataset, not copied
     * @param scale what a value is
     * @param labels one class per image, 0..numClasses-1; owned by the dataset likewise
     * @param numClasses number of classes
     */
    Dataset(String name, Shape sampleShape, byte[] pixels, PixelScale scale, int[] labels, int numClasses) {
        this(
                name,
                sampleShape,
                new SampleValues.Pixels(pixels, scale, sampleShape.size() / numChannels(sampleShape)),
                labels,
                numClasses);
        if (scale.numChannels() != 1 && scale.numChannels() != numChannels(sampleShape)) {
            throw new IllegalArgumentException("pixel scale " + scale + " has numbers for " + scale.numChannels()
                    + " channels, but " + name + " has images of " + sampleShape);
        }
    }

    /** Returns the number of channels of an image. */
    private static int numChannels(Shape image) {
        return image.rank() < 3 ? 1 : image.extent(0);
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
     * @return a new array of {@code sampleShape.size()} values
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
     * @param values receives {@code sampleShape.size()} values, from {@code offset}
     * @param offset position of the first value
     */
    public void copySample(int i, float[] values, int offset) {
        int length = sampleShape.size();
        this.values.copy(i * length, length, values, offset);
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
        return select(IntStream.range(from, to).toArray());
    }

    /**
     * Draws some of the samples at random, in the order they have here.
     *
     * @param count how many, 0..size
     * @param seed the seed
     * @return a new dataset, the same for every call
     * @throws IllegalArgumentException if there are fewer
     */
    public Dataset draw(int count, long seed) {
        if (count < 0 || count > size()) {
            throw new IllegalArgumentException(count + " of " + size() + " images");
        }
        Random random = new Random(seed);
        int[] all = IntStream.range(0, size()).toArray();
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(all.length - i);
            int swapped = all[i];
            all[i] = all[other];
            all[other] = swapped;
        }
        return select(Arrays.stream(all, 0, count).sorted().toArray());
    }

    private Dataset select(int[] samples) {
        return new Dataset(
                name,
                sampleShape,
                values.select(samples, sampleShape.size()),
                Arrays.stream(samples).map(i -> labels[i]).toArray(),
                numClasses);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dataset dataset
                && name.equals(dataset.name)
                && sampleShape.equals(dataset.sampleShape)
                && values.equals(dataset.values)
                && Arrays.equals(labels, dataset.labels)
                && numClasses == dataset.numClasses;
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "Dataset[" + name + ", " + size() + " x " + sampleShape + ", " + numClasses + " classes]";
    }
}
