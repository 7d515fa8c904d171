package org.eiesim.compiler.compress;

import java.util.List;
import java.util.Optional;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.WeightParametrization;

/**
 * A parametrization of one layer that is in force: it decides what the network sees of the layer's weights, in training
 * and outside of it. Immutable.
 */
public interface LayerParametrization extends WeightParametrization {
    /**
     * Applies it to weights.
     *
     * @param weights the layer's weights
     * @return the effective weights
     */
    Tensor effective(Tensor weights);

    /**
     * Takes over what training made of its stored tensors.
     *
     * @param stored the stored tensors after training, in the order of {@link WeightParametrization.Bound#stored}
     * @return the parametrization with them
     */
    LayerParametrization trained(List<Tensor> stored);

    /**
     * Cuts it down to some rows and columns of a fully connected layer.
     *
     * @param outputs rows that stay, ascending
     * @param inputs columns that stay, ascending
     * @return the parametrization of the smaller layer
     */
    LayerParametrization select(int[] outputs, int[] inputs);

    /**
     * Returns the layer in shared-weight form.
     *
     * @return the form the container stores, empty where the weights are not shared
     */
    Optional<CompressedLayer> compressed();
}
