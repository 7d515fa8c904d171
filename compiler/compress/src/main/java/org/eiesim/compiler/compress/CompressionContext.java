package org.eiesim.compiler.compress;

import org.eiesim.models.data.Dataset;
import org.eiesim.models.train.Checkpoints;
import org.eiesim.models.train.ProgressListener;
import org.jspecify.annotations.Nullable;

/**
 * What methods may use beside the network.
 *
 * @param train images to train on, null where none are at hand
 * @param validation images to choose by, apart from both training and test images; null where none are at hand
 * @param threads threads for what can be done side by side, at least 1; results do not depend on it
 * @param listener is told of training
 * @param costs what searches may know of a machine
 * @param checkpoints keeps what is finished, so that a stopped run can go on
 */
public record CompressionContext(
        @Nullable Dataset train,
        @Nullable Dataset validation,
        int threads,
        ProgressListener listener,
        CostModels costs,
        Checkpoints checkpoints) {
    /**
     * Makes a context that keeps nothing.
     *
     * @param train images to train on, or null
     * @param validation images to choose by, or null
     * @param threads threads for what can be done side by side, at least 1
     * @param listener is told of training
     * @param costs what searches may know of a machine
     */
    public CompressionContext(
            @Nullable Dataset train,
            @Nullable Dataset validation,
            int threads,
            ProgressListener listener,
            CostModels costs) {
        this(train, validation, threads, listener, costs, Checkpoints.NONE);
    }

    /**
     * Makes a context without a machine.
     *
     * @param train images to train on, or null
     * @param validation images to choose by, or null
     * @param threads threads for what can be done side by side, at least 1
     * @param listener is told of training
     */
    public CompressionContext(
            @Nullable Dataset train, @Nullable Dataset validation, int threads, ProgressListener listener) {
        this(train, validation, threads, listener, CostModels.NONE, Checkpoints.NONE);
    }

    /**
     * Returns the images to train on.
     *
     * @param method the method that needs them
     * @return the images
     * @throws IllegalArgumentException if there are none
     */
    public Dataset requireTrain(String method) {
        return require(train, method, "trains");
    }

    /**
     * Returns the images to choose by.
     *
     * @param method the method that needs them
     * @return the images
     * @throws IllegalArgumentException if there are none
     */
    public Dataset requireValidation(String method) {
        return require(validation, method, "measures accuracy");
    }

    private static Dataset require(@Nullable Dataset data, String method, String reason) {
        if (data == null) {
            throw new IllegalArgumentException(
                    "method " + method + " " + reason + " and needs a dataset with training images (--data)");
        }
        return data;
    }
}
