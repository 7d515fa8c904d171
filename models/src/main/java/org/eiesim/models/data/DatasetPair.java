package org.eiesim.models.data;

import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * Training and test images that belong together.
 *
 * @param train the training images, or null where only test images are at hand
 * @param test the test images
 */
public record DatasetPair(@Nullable Dataset train, Dataset test) {
    /** Checks that both have the same shape and classes. */
    public DatasetPair {
        if (train != null
                && (!train.sampleShape().equals(test.sampleShape()) || train.numClasses() != test.numClasses())) {
            throw new IllegalArgumentException("training images " + train + " do not go with test images " + test);
        }
    }

    /**
     * Returns the training images.
     *
     * @return the images
     * @throws FormatException if there are none
     */
    public Dataset requireTrain() throws FormatException {
        if (train == null) {
            throw new FormatException(
                    test.name(), "has no training images: there is no train-images-idx3-ubyte, plain or .gz");
        }
        return train;
    }
}
