package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.eiesim.models.data.Dataset;

/** Cuts a dataset into minibatches, in an order that is shuffled anew for every epoch. */
final class Minibatches {
    private final Dataset data;
    private final org.eiesim.models.network.Shape inputShape;
    private final int batchSize;
    private final int[] order;

    /**
     * Makes the batches in the dataset's own order.
     *
     * @param data the images
     * @param inputShape what the network takes one image as
     * @param batchSize images per batch, the last one excepted
     */
    Minibatches(Dataset data, org.eiesim.models.network.Shape inputShape, int batchSize) {
        this.data = data;
        this.inputShape = inputShape;
        this.batchSize = batchSize;
        this.order = new int[data.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /** Puts the images in a random order (Fisher-Yates) that depends on the seed alone. */
    void shuffle(long seed) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    /** Returns how many batches there are. */
    int count() {
        return (order.length + batchSize - 1) / batchSize;
    }

    /** Returns the positions of a batch's images in the dataset. */
    int[] indices(int batch) {
        int from = batch * batchSize;
        return Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
    }

    /** Returns the images, {@code [batch, ...]}. */
    NDArray inputs(NDManager manager, int[] indices) {
        int sampleSize = inputShape.size();
        float[] values = new float[Math.multiplyExact(indices.length, sampleSize)];
        for (int i = 0; i < indices.length; i++) {
            data.copySample(indices[i], values, i * sampleSize);
        }
        return TensorArrays.copy(manager, values, TensorArrays.toShape(inputShape, indices.length));
    }

    /** Returns the labels one-hot, {@code [batch, classes]}. */
    NDArray targets(NDManager manager, int[] indices) {
        int numClasses = data.numClasses();
        float[] values = new float[indices.length * numClasses];
        for (int i = 0; i < indices.length; i++) {
            values[i * numClasses + data.label(indices[i])] = 1;
        }
        return TensorArrays.copy(manager, values, new Shape(indices.length, numClasses));
    }
}
