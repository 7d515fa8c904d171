package org.eiesim.compiler.compress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;

/**
 * A network some or all of whose weight tensors are shared-weight layers; the other parameters (biases, weights left
 * alone) stay float32.
 *
 * @param network the graph, holding for every parameter the values that are in force: for a compressed layer, its
 *     decoded weights
 * @param layers the compressed layers, in node order
 * @param provenance where it comes from
 */
public record CompressedNetwork(Network network, List<CompressedLayer> layers, Provenance provenance) {
    /** Puts the decoded weights into the graph. */
    public CompressedNetwork {
        layers = List.copyOf(layers);
        Map<ParameterKey, Tensor> present = network.parameters();
        Map<ParameterKey, Tensor> decoded = new LinkedHashMap<>();
        for (CompressedLayer layer : layers) {
            Tensor tensor = present.get(layer.key());
            // A large tensor that is right already is not made a second time.
            Tensor weights = tensor != null && layer.decodesTo(tensor) ? tensor : layer.decode();
            if (decoded.put(layer.key(), weights) != null) {
                throw new IllegalArgumentException(
                        "two layers are named " + layer.key().layerName());
            }
        }
        network = network.withParameters(decoded);
    }
}
