package org.eiesim.models.train;

/**
 * How to train.
 *
 * @param epochs passes over the training images, at least 0 (0 leaves the network as its parametrizations make it)
 * @param batchSize images per update, at least 1; the last batch of an epoch may be smaller
 * @param optimizer the update rule
 * @param learningRate the initial learning rate, positive
 * @param schedule how the learning rate changes
 * @param weightDecay {@code lambda} of the loss term {@code lambda / 2 * sum w^2} over the effective weight tensors
 *     (biases left out), at least 0
 * @param validationFraction the part split off the end of the training set where no validation set is given, in
 *     [0, 1); 0 trains on all of it and yields the last epoch's network
 * @param seed the seed of the order of images and of dropout
 */
public record TrainingOptions(
        int epochs,
        int batchSize,
        Optimizer optimizer,
        double learningRate,
        LearningRateSchedule schedule,
        double weightDecay,
        double validationFraction,
        long seed) {
    /** Epochs that train a small network from its initial weights. */
    public static final int DEFAULT_EPOCHS = 15;

    /** Checks the ranges. */
    public TrainingOptions {
        require(epochs >= 0, "epochs must be at least 0", epochs);
        require(batchSize >= 1, "the batch size must be at least 1", batchSize);
        require(
                learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
                "the learning rate must be positive",
                learningRate);
        require(
                weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY,
                "weight decay must not be negative",
                weightDecay);
        require(
                validationFraction >= 0 && validationFraction < 1,
                "the validation fraction must be in [0, 1)",
                validationFraction);
    }

    private static void require(boolean holds, String rule, Number value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }

    /**
     * Returns options that train a small network from its initial weights: Adam at 0.001 falling along a cosine,
     * batches of 64, weight decay 0.0003, a tenth of the training set for validation.
     *
     * @param epochs passes over the training images
     * @param seed the seed of all random choices
     * @return the options
     */
    public static TrainingOptions defaults(int epochs, long seed) {
        return new TrainingOptions(
                epochs, 64, new Optimizer.Adam(), 1e-3, new LearningRateSchedule.Cosine(), 3e-4, 0.1, seed);
    }
}
