package org.eiesim.compiler.compress;

import java.util.stream.Collectors;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.models.network.ParameterKey;

/** Trains the network with everything that is in force; layers that are not named are frozen. */
public final class TrainNetwork implements Training {
    private final Description description;

    private TrainNetwork(Description description) {
        this.description = description;
    }

    /**
     * Makes training from initial weights.
     *
     * @return the method
     */
    public static TrainNetwork train() {
        return new TrainNetwork(new Description(
                "train",
                MethodKind.TRAINING,
                "Trains the layers from their current weights with dropout as the network has it; other layers are"
                        + " frozen.",
                "",
                RetrainParameters.parameters(20, 1e-3, false)));
    }

    /**
     * Makes training that follows pruning.
     *
     * @return the method
     */
    public static TrainNetwork retrain() {
        return new TrainNetwork(new Description(
                "retrain",
                MethodKind.TRAINING,
                "Trains the layers on with the masks and codebooks in force, a lower learning rate and dropout adjusted"
                        + " to density; other layers are frozen.",
                "Learning both Weights and Connections 3.2",
                RetrainParameters.parameters(10, 1e-4, true)));
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public CompressionState train(CompressionState state, Application application, CompressionContext context) {
        Settings settings = application.settings();
        return Retraining.train(
                state,
                application.keys().stream().map(ParameterKey::node).collect(Collectors.toSet()),
                RetrainParameters.options(settings, settings.get(RetrainParameters.EPOCHS), false, application.seed()),
                settings.get(RetrainParameters.ADJUST_DROPOUT),
                description.name(),
                context);
    }
}
