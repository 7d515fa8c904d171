package org.eiesim.compiler.compress;

import java.util.Map;
import org.eiesim.models.network.ParameterKey;

/**
 * First kind of method: what is stored of a layer's weights and what the network sees of it. It is used in rounds, each
 * followed by retraining: pruning that grows, shares of the weights that are quantized one after the other. Weights
 * that a parametrization in force has pruned must stay zero.
 */
public non-sealed interface Parametrization extends Method {
    /**
     * Returns how often it is used and the network retrained.
     *
     * @param application the use
     * @return the number of rounds, at least 1
     */
    default int numRounds(Application application) {
        return 1;
    }

    /**
     * Returns how long the network is retrained after a round.
     *
     * @param application the use
     * @param round which round, 1 to {@link #numRounds}
     * @return epochs, 0 for none
     */
    default int numEpochs(Application application, int round) {
        return application.settings().get(RetrainParameters.EPOCHS);
    }

    /**
     * Decides the layers' parametrizations from the weights as they are.
     *
     * @param state the network and what is in force
     * @param application layers and values
     * @param round which round, 1 to {@link #numRounds}
     * @return a parametrization for each layer of the application
     * @throws IllegalArgumentException if a value that is needed is not given
     */
    Map<ParameterKey, LayerParametrization> parametrize(CompressionState state, Application application, int round);
}
