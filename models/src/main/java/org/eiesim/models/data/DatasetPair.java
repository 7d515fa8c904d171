package org.eiesim.models.data;

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
}
