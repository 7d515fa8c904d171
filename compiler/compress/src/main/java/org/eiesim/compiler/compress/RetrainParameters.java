package org.eiesim.compiler.compress;

import java.util.List;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.parameter.WordDomain;
import org.eiesim.models.train.LearningRateSchedule;
import org.eiesim.models.train.Optimizer;
import org.eiesim.models.train.TrainingOptions;

/** The parameters of training, the same in every method that trains, and their translation for the trainer. */
public final class RetrainParameters {
    /** Passes over the training images. */
    public static final Parameter<Integer> EPOCHS = new Parameter<>(
            "epochs", new NumberDomain.Integers(0, 100_000), 0, "", Scope.STEP, "Passes over the training images.");

    private static final Parameter<Integer> BATCH_SIZE = new Parameter<>(
            "batch-size", new NumberDomain.Integers(1, 1_000_000), 64, "", Scope.STEP, "Images per update.");

    private static final Parameter<String> OPTIMIZER = new Parameter<>(
            "optimizer", WordDomain.Words.of("sgd", "momentum", "adam"), "adam", "", Scope.STEP, "Update rule.");

    private static final Parameter<Double> LEARNING_RATE = new Parameter<>(
            "learning-rate",
            NumberDomain.Decimals.above(0, Double.MAX_VALUE),
            1e-3,
            "",
            Scope.STEP,
            "Initial learning rate.");

    private static final Parameter<Double> MOMENTUM = new Parameter<>(
            "momentum", new NumberDomain.Decimals(0, 0.999999), 0.9, "", Scope.STEP, "Momentum of optimizer momentum.");

    private static final Parameter<String> SCHEDULE = new Parameter<>(
            "learning-rate-schedule",
            WordDomain.Words.of("constant", "step", "cosine", "polynomial"),
            "cosine",
            "",
            Scope.STEP,
            "How the learning rate falls.");

    private static final Parameter<Integer> SCHEDULE_EPOCHS = new Parameter<>(
            "schedule-epochs",
            new NumberDomain.Integers(1, 100_000),
            10,
            "",
            Scope.STEP,
            "Epochs between two steps of schedule step.");

    private static final Parameter<Double> SCHEDULE_FACTOR = new Parameter<>(
            "schedule-factor",
            NumberDomain.Decimals.above(0, 1),
            0.1,
            "",
            Scope.STEP,
            "What each step of schedule step multiplies with.");

    private static final Parameter<Double> SCHEDULE_POWER = new Parameter<>(
            "schedule-power",
            NumberDomain.Decimals.above(0, Double.MAX_VALUE),
            1.0,
            "",
            Scope.STEP,
            "Exponent of schedule polynomial.");

    private static final Parameter<Double> WEIGHT_DECAY = new Parameter<>(
            "weight-decay",
            new NumberDomain.Decimals(0, Double.MAX_VALUE),
            0.0,
            "",
            Scope.STEP,
            "lambda of the loss term lambda / 2 * sum w^2.");

    static final Parameter<Boolean> ADJUST_DROPOUT = new Parameter<>(
            "adjust-dropout",
            new NumberDomain.Flags(),
            true,
            "",
            Scope.STEP,
            "Scale dropout rates by sqrt(remaining / original connections) of the layer before.");

    private RetrainParameters() {}

    /**
     * Returns the parameters of the retraining that follows a parametrization: no epochs unless a recipe asks for them,
     * a learning rate of 0.001, dropout adjusted to density.
     *
     * @return the parameters in the documentation's order
     */
    public static List<Parameter<?>> afterCompression() {
        return parameters(0, 1e-3, true);
    }

    /**
     * Returns the parameters.
     *
     * @param epochs the default number of epochs
     * @param learningRate the default learning rate
     * @param adjustDropout whether dropout is adjusted by default
     * @return the parameters in the documentation's order
     */
    static List<Parameter<?>> parameters(int epochs, double learningRate, boolean adjustDropout) {
        return List.of(
                EPOCHS.withDefault(epochs),
                BATCH_SIZE,
                OPTIMIZER,
                LEARNING_RATE.withDefault(learningRate),
                MOMENTUM,
                SCHEDULE,
                SCHEDULE_EPOCHS,
                SCHEDULE_FACTOR,
                SCHEDULE_POWER,
                WEIGHT_DECAY,
                ADJUST_DROPOUT.withDefault(adjustDropout));
    }

    /**
     * Tells whether a parameter is one of these.
     *
     * @param name a parameter's key
     * @return whether it is
     */
    public static boolean contains(String name) {
        return afterCompression().stream().anyMatch(parameter -> parameter.key().equals(name));
    }

    /**
     * Translates settings for the trainer.
     *
     * @param settings values of {@link #parameters}
     * @param epochs how many epochs
     * @param constantRate whether the learning rate stays where it is whatever the settings say
     * @param seed the seed
     * @return the trainer's options; the validation set is given apart
     */
    static TrainingOptions options(Settings settings, int epochs, boolean constantRate, long seed) {
        Optimizer optimizer = switch (settings.get(OPTIMIZER)) {
            case "sgd" -> new Optimizer.Sgd();
            case "momentum" -> new Optimizer.Momentum(settings.get(MOMENTUM));
            default -> new Optimizer.Adam();
        };
        LearningRateSchedule schedule = switch (constantRate ? "constant" : settings.get(SCHEDULE)) {
            case "step" -> new LearningRateSchedule.Step(settings.get(SCHEDULE_EPOCHS), settings.get(SCHEDULE_FACTOR));
            case "cosine" -> new LearningRateSchedule.Cosine();
            case "polynomial" -> new LearningRateSchedule.Polynomial(settings.get(SCHEDULE_POWER));
            default -> new LearningRateSchedule.Constant();
        };
        return new TrainingOptions(
                epochs,
                settings.get(BATCH_SIZE),
                optimizer,
                settings.get(LEARNING_RATE),
                schedule,
                settings.get(WEIGHT_DECAY),
                0,
                seed);
    }
}
