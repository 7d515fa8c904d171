package org.eiesim.compiler.compress.distill;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Objective;
import org.eiesim.compiler.compress.Scope;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.models.network.Network;
import org.eiesim.models.train.FrozenClassifier;
import org.eiesim.models.train.TrainingObjective;

/**
 * Trains the network to answer as it did when this method was applied: the teacher is the network of that moment, the
 * dense one where the recipe begins with this step. The term is {@code strength * T^2 * mean over images of
 * -sum_c softmax(teacher / T)_c * log softmax(student / T)_c}, added to the cross entropy with the labels.
 *
 * <p>Source: Hinton, Vinyals and Dean, Distilling the Knowledge in a Neural Network, 2. Differs from the paper: it takes
 * a weighted mean of both terms, this a sum in which the labels have weight 1.
 */
public final class Distillation implements Objective {
    private static final Parameter<Double> STRENGTH = new Parameter<>(
            "strength",
            new NumberDomain.Decimals(0, Double.MAX_VALUE),
            1.0,
            "",
            Scope.STEP,
            "Weight of the term; 0 ends it.");
    private static final Parameter<Double> TEMPERATURE = new Parameter<>(
            "temperature",
            NumberDomain.Decimals.above(0, 1000),
            2.0,
            "",
            Scope.STEP,
            "T: both networks' logits are divided by it.");

    private static final Description DESCRIPTION = new Description(
            "distill",
            MethodKind.OBJECTIVE,
            "Adds the distance from the answers of the network as it is at this step to the loss of all training that"
                    + " follows.",
            "Distilling the Knowledge in a Neural Network 2",
            List.of(STRENGTH, TEMPERATURE));

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public TrainingObjective objective(CompressionState state, Application application) {
        Settings settings = application.settings();
        double strength = settings.get(STRENGTH);
        double temperature = settings.get(TEMPERATURE);
        Network network = state.network();
        return (manager, trained) -> {
            if (strength == 0) {
                NDArray none = manager.create(0f);
                return batch -> none;
            }
            FrozenClassifier teacher = new FrozenClassifier(manager, network);
            String input = trained.inputs().get(0).name();
            return batch -> {
                NDArray wanted = teacher.logits(batch.value(input))
                        .div((float) temperature)
                        .softmax(1);
                NDArray distance =
                        batch.logits().div((float) temperature).logSoftmax(1).mul(wanted);
                double scale = strength * temperature * temperature / batch.sampleIndices().length;
                return distance.sum().mul((float) -scale);
            };
        };
    }
}
