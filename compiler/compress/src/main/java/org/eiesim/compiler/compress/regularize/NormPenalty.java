package org.eiesim.compiler.compress.regularize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Objective;
import org.eiesim.compiler.compress.Scope;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.train.TrainingBatch;
import org.eiesim.models.train.TrainingObjective;

/**
 * Adds a norm of the effective weights to the loss of the training that follows: {@code sum over layers of strength *
 * sum |w|} (L1) or {@code strength * sum w^2} (L2).
 *
 * <p>Source: Learning both Weights and Connections 3.1: L1 is better before retraining, L2 after it.
 */
public final class NormPenalty implements Objective {
    private static final Parameter<Double> STRENGTH = new Parameter<>(
            "strength",
            new NumberDomain.Decimals(0, Double.MAX_VALUE),
            1e-4,
            "",
            Scope.LAYER,
            "Weight of the term; 0 ends it.");

    private final Description description;
    private final boolean squared;

    private NormPenalty(String name, String formula, boolean squared) {
        this.squared = squared;
        this.description = new Description(
                name,
                MethodKind.OBJECTIVE,
                "Adds " + formula + " over the layers' effective weights to the loss of all training that follows.",
                "Learning both Weights and Connections 3.1",
                List.of(STRENGTH));
    }

    /**
     * Makes the L1 norm.
     *
     * @return the method
     */
    public static NormPenalty l1() {
        return new NormPenalty("l1", "strength * sum |w|", false);
    }

    /**
     * Makes the squared L2 norm.
     *
     * @return the method
     */
    public static NormPenalty l2() {
        return new NormPenalty("l2", "strength * sum w^2", true);
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public TrainingObjective objective(CompressionState state, Application application) {
        Map<ParameterKey, Double> strengths = new LinkedHashMap<>();
        application.layers().forEach((key, settings) -> strengths.put(key, settings.get(STRENGTH)));
        return (manager, network) -> {
            NDArray none = manager.zeros(new Shape());
            return batch -> term(batch, strengths, none);
        };
    }

    private NDArray term(TrainingBatch batch, Map<ParameterKey, Double> strengths, NDArray none) {
        List<NDArray> terms = new ArrayList<>();
        strengths.forEach((key, strength) -> {
            NDArray weights = batch.effective().get(key);
            if (weights != null && strength > 0) {
                NDArray norm = squared ? weights.square().sum() : weights.abs().sum();
                terms.add(norm.mul(strength.floatValue()));
            }
        });
        return terms.stream().reduce(none, NDArray::add);
    }
}
