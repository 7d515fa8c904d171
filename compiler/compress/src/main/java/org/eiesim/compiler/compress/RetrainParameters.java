package org.eiesim.compiler.compress;

import java.util.List;
import org.eiesim.models.train.LearningRateSchedule;
import org.eiesim.models.train.Optimizer;
import org.eiesim.models.train.TrainingOptions;

/** The parameters of training, the same in every method that trains, and their translation for the trainer. */
public final class RetrainParameters {
    private RetrainParameters() {}

    /**
     * Returns the parameters of the retraining that follows a parametrization: no epochs unless a recipe asks for them,
     * a learning rate of 0.001, dropout adjusted to density.
     *
     * @return the parameters in the documentation's order
     */
    public static List<ParameterSpec> afterCompression() {
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
    static List<ParameterSpec> parameters(int epochs, double learningRate, boolean adjustDropout) {
        return List.of(
                ParameterSpec.integer("epochs", epochs, 0, 100_000, "Passes over the training images."),
                ParameterSpec.integer("batch-size", 64, 1, 1_000_000, "Images per update."),
                ParameterSpec.choice("optimizer", "adam", List.of("sgd", "momentum", "adam"), "Update rule."),
                ParameterSpec.number(
                        "learning-rate", learningRate, 0, false, Double.MAX_VALUE, "Initial learning rate."),
                ParameterSpec.number("momentum", 0.9, 0, true, 0.999999, "Momentum of optimizer momentum."),
                ParameterSpec.choice(
                        "learning-rate-schedule",
                        "cosine",
                        List.of("constant", "step", "cosine", "polynomial"),
                        "How the learning rate falls."),
                ParameterSpec.integer("schedule-epochs", 10, 1, 100_000, "Epochs between two steps of schedule step."),
                ParameterSpec.number(
                        "schedule-factor", 0.1, 0, false, 1, "What each step of schedule step multiplies with."),
                ParameterSpec.number(
                        "schedule-power", 1.0, 0, false, Double.MAX_VALUE, "Exponent of schedule polynomial."),
                ParameterSpec.number(
                        "weight-decay",
                        0.0,
                        0,
                        true,
                        Double.MAX_VALUE,
                        "lambda of the loss term lambda / 2 * sum w^2."),
                ParameterSpec.flag(
                        "adjust-dropout",
                        adjustDropout,
                        "Scale dropout rates by sqrt(remaining / original connections) of the layer before."));
    }

    /**
     * Tells whether a parameter is one of these.
     *
     * @param name a parameter's name
     * @return whether it is
     */
    public static boolean contains(String name) {
        return afterCompression().stream()
                .anyMatch(parameter -> parameter.name().equals(name));
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
        Optimizer optimizer = switch (settings.word("optimizer")) {
            case "sgd" -> new Optimizer.Sgd();
            case "momentum" -> new Optimizer.Momentum(settings.number("momentum"));
            default -> new Optimizer.Adam();
        };
        LearningRateSchedule schedule = switch (constantRate ? "constant" : settings.word("learning-rate-schedule")) {
            case "step" ->
                new LearningRateSchedule.Step(settings.integer("schedule-epochs"), settings.number("schedule-factor"));
            case "cosine" -> new LearningRateSchedule.Cosine();
            case "polynomial" -> new LearningRateSchedule.Polynomial(settings.number("schedule-power"));
            default -> new LearningRateSchedule.Constant();
        };
        return new TrainingOptions(
                epochs,
                settings.integer("batch-size"),
                optimizer,
                settings.number("learning-rate"),
                schedule,
                settings.number("weight-decay"),
                0,
                seed);
    }
}
