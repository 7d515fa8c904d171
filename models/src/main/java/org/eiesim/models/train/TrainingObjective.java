package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.eiesim.models.network.Network;

/** A term that is added to the cross entropy in each update: a regularizer, the distance from a teacher, ... */
public interface TrainingObjective {
    /**
     * Starts a training run.
     *
     * @param manager owns the run's arrays; closed when the run ends
     * @param network the network that will be trained, with its values before training
     * @return the arrays of this run
     */
    Bound bind(NDManager manager, Network network);

    /** An objective whose arrays exist. Used by one thread. */
    @FunctionalInterface
    interface Bound {
        /**
         * Computes the term for one minibatch; recorded for differentiation.
         *
         * @param batch what the network did with this minibatch
         * @return a scalar
         */
        NDArray term(TrainingBatch batch);

        /**
         * Returns arrays of its own that are trained with the network, such as an auxiliary classifier.
         *
         * @return arrays made by {@link TrainingObjective#bind}, the same at every call
         */
        default List<NDArray> trainable() {
            return List.of();
        }
    }
}
