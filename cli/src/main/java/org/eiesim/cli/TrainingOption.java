package org.eiesim.cli;

import org.eiesim.models.train.Optimizer;
import org.eiesim.models.train.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a network is trained from random weights. A command holds it as a {@code Mixin}. */
final class TrainingOption {
    private static final double MOMENTUM = 0.9;

    /** The update rules by name. */
    enum Rule {
        /** Stochastic gradient descent. */
        SGD,
        /** Gradient descent with momentum 0.9. */
        MOMENTUM,
        /** Adam. */
        ADAM
    }

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random choices. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the images. Default: ${DEFAULT-VALUE}.")
    private int epochs = TrainingOptions.DEFAULT_EPOCHS;

    @Option(names = "--batch-size", paramLabel = "N", description = "Images per update. Default: 64.")
    private @Nullable Integer batchSize;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "Initial learning rate, falling along a cosine. Default: 0.001.")
    private @Nullable Double learningRate;

    @Option(
            names = "--weight-decay",
            paramLabel = "LAMBDA",
            description = "Adds LAMBDA / 2 * the sum of squared weights to the loss. Default: 0.0003.")
    private @Nullable Double weightDecay;

    @Option(
            names = "--optimizer",
            paramLabel = "RULE",
            description = "Update rule: sgd, momentum or adam. Default: adam.")
    private Rule optimizer = Rule.ADAM;

    /** Returns the seed. */
    long seed() {
        return seed;
    }

    /** Returns the options. */
    TrainingOptions options() {
        TrainingOptions defaults = TrainingOptions.defaults(epochs, seed);
        Optimizer rule = switch (optimizer) {
            case SGD -> new Optimizer.Sgd();
            case MOMENTUM -> new Optimizer.Momentum(MOMENTUM);
            case ADAM -> defaults.optimizer();
        };
        return new TrainingOptions(
                epochs,
                batchSize == null ? defaults.batchSize() : batchSize,
                rule,
                learningRate == null ? defaults.learningRate() : learningRate,
                defaults.schedule(),
                weightDecay == null ? defaults.weightDecay() : weightDecay,
                defaults.validationFraction(),
                seed);
    }
}
