package org.eiesim.models.train;

import java.util.List;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * Trains a classifier: minimizes the mean cross entropy of softmax(logits) plus the objectives' terms over minibatches.
 *
 * <p>The same arguments give the same network, bit for bit, on one machine with one native thread (the default, see
 * the system property {@code ai.djl.pytorch.num_threads}). PyTorch's library is unpacked at the first use to the folder
 * that {@code DJL_CACHE_DIR} names, by default {@code ~/.djl.ai}; nothing is fetched. Calls from several threads are
 * safe; their updates take turns.
 */
public final class Trainer {
    private Trainer() {}

    /**
     * Trains a network.
     *
     * @param network the network with its initial parameters; one input, one output; dropout nodes are active while
     *     training; a final softmax is trained through its logits
     * @param train the training images
     * @param validation images that choose the best epoch, or null to split {@link
     *     TrainingOptions#validationFraction} off the end of the training images
     * @param options how to train
     * @param parametrizations how some parameters are stored; the others are trained as they are
     * @param objectives terms added to the loss
     * @param listener is told of every batch and epoch
     * @return the network of the best epoch
     * @throws TrainingException if PyTorch's native library is not there, or the loss is no longer finite
     * @throws IllegalArgumentException if the network cannot be trained or does not fit the images
     */
    public static TrainingResult train(
            Network network,
            Dataset train,
            @Nullable Dataset validation,
            TrainingOptions options,
            List<? extends WeightParametrization> parametrizations,
            List<? extends TrainingObjective> objectives,
            ProgressListener listener) {
        return train(
                network, train, validation, options, parametrizations, objectives, listener, Checkpoints.NONE.next());
    }

    /**
     * Trains a network and keeps every epoch, or goes on after the last epoch that is kept; the result is the same.
     *
     * @param network as above
     * @param train as above
     * @param validation as above
     * @param options as above
     * @param parametrizations as above
     * @param objectives as above
     * @param listener is told of every batch and epoch that is run
     * @param part keeps the epochs
     * @return the network of the best epoch
     * @throws TrainingException as above
     * @throws IllegalArgumentException as above
     */
    public static TrainingResult train(
            Network network,
            Dataset train,
            @Nullable Dataset validation,
            TrainingOptions options,
            List<? extends WeightParametrization> parametrizations,
            List<? extends TrainingObjective> objectives,
            ProgressListener listener,
            Checkpoints.Part part) {
        Dataset trained = train;
        Dataset held = validation;
        if (held == null && options.validationFraction() > 0) {
            Split split = split(train, options.validationFraction());
            trained = split.train();
            held = split.validation();
        }
        requireFits(network, trained);
        if (held != null) {
            requireFits(network, held);
        }
        try (TrainingRun run = new TrainingRun(network, trained, held, options, parametrizations, objectives)) {
            return run.run(listener, part);
        }
    }

    /**
     * A training set in two parts.
     *
     * @param train the images to train on
     * @param validation the images to choose by
     */
    public record Split(Dataset train, Dataset validation) {}

    /**
     * Splits images for validation off the end of a training set.
     *
     * @param all the training set
     * @param validationFraction the part to split off, in (0, 1); rounded to whole images, at least one
     * @return both parts
     * @throws IllegalArgumentException if nothing would be left to train on
     */
    public static Split split(Dataset all, double validationFraction) {
        int numValidation = (int) Math.max(1, Math.round(all.size() * validationFraction));
        int numTrain = all.size() - numValidation;
        if (numTrain < 1) {
            throw new IllegalArgumentException(
                    "cannot split " + numValidation + " validation images off " + all.size());
        }
        return new Split(all.range(0, numTrain), all.range(numTrain, all.size()));
    }

    private static void requireFits(Network network, Dataset data) {
        for (Network.Input input : network.inputs()) {
            if (input.shape().size() != data.sampleShape().size()) {
                throw new IllegalArgumentException("network " + network.name() + " takes " + input.shape()
                        + ", dataset " + data.name() + " has images of " + data.sampleShape());
            }
        }
        if (data.size() == 0) {
            throw new IllegalArgumentException("dataset " + data.name() + " is empty");
        }
    }
}
