package org.eiesim.compiler.compress;

import org.eiesim.models.train.TrainingObjective;

/**
 * Third kind of method: a term added to the loss of every training that follows, until the same method is used again.
 */
public non-sealed interface Objective extends Method {
    /**
     * Makes the loss term.
     *
     * @param state the network and what is in force
     * @param application layers and values
     * @return the term
     */
    TrainingObjective objective(CompressionState state, Application application);
}
