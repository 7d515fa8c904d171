package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;

/**
 * How one parameter tensor is stored while it is trained: stored tensors go in, the effective tensor that the network
 * uses comes out, differentiably. Masks, codebooks, powers of two, signs, fake quantization and low-rank factors are
 * all of this kind. A function with a useless derivative (sign, round) passes its gradient on by the straight-through
 * estimator {@code stored + (f(stored) - stored).stopGradient()}.
 */
public interface WeightParametrization {
    /**
     * Returns the parameter it stands for; any parameter of the network, biases too.
     *
     * @return the key
     */
    ParameterKey key();

    /**
     * Starts a training run.
     *
     * @param manager owns the run's arrays; closed when the run ends
     * @param current the parameter's values before training
     * @return the arrays of this run
     */
    Bound bind(NDManager manager, Tensor current);

    /** A parametrization whose arrays exist. Used by one thread. */
    interface Bound {
        /**
         * Returns what the optimizer changes, in a fixed order; empty freezes the parameter.
         *
         * @return arrays made by {@link WeightParametrization#bind}, the same at every call
         */
        List<NDArray> stored();

        /**
         * Computes the effective tensor from the stored ones. Called once per update, recorded for differentiation,
         * and once more where the network is evaluated.
         *
         * @return an array of the parameter's shape
         */
        NDArray effective();

        /**
         * Called after each update of the stored arrays, outside of differentiation, to bring them back to where they
         * have to be (clipping, for example) by in-place operations.
         *
         * @param step the update just made
         */
        default void afterUpdate(TrainingStep step) {}
    }
}
