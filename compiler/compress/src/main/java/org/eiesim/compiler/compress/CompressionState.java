package org.eiesim.compiler.compress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.TrainingObjective;

/**
 * A network on its way through a recipe. Immutable.
 *
 * @param network the network, its weights being the effective ones
 * @param parametrizations what is in force for some of its layers
 * @param objectives loss terms in force, by method name
 * @param choices what searches chose: values by layer, by method name
 */
public record CompressionState(
        Network network,
        Map<ParameterKey, LayerParametrization> parametrizations,
        Map<String, TrainingObjective> objectives,
        Map<String, Map<ParameterKey, Map<String, Object>>> choices) {
    /** Copies the maps, keeping their order. */
    public CompressionState {
        parametrizations = Collections.unmodifiableMap(new LinkedHashMap<>(parametrizations));
        objectives = Collections.unmodifiableMap(new LinkedHashMap<>(objectives));
        choices = Map.copyOf(choices);
    }

    /**
     * Starts with a network for which nothing is in force.
     *
     * @param network the network
     * @return the state
     */
    public static CompressionState of(Network network) {
        return new CompressionState(network, Map.of(), Map.of(), Map.of());
    }

    /**
     * Puts parametrizations in force and the network's weights to what they make of them.
     *
     * @param added new parametrizations; those of other layers stay
     * @return the new state
     */
    public CompressionState withParametrizations(Map<ParameterKey, ? extends LayerParametrization> added) {
        Map<ParameterKey, LayerParametrization> all = new LinkedHashMap<>(parametrizations);
        all.putAll(added);
        Map<ParameterKey, Tensor> weights = new LinkedHashMap<>();
        added.forEach((key, parametrization) -> weights.put(key, parametrization.effective(weight(key))));
        return new CompressionState(network.withParameters(weights), all, objectives, choices);
    }

    /**
     * Puts a loss term in force.
     *
     * @param method the method it belongs to; an earlier term of the same method is dropped
     * @param objective the term
     * @return the new state
     */
    public CompressionState withObjective(String method, TrainingObjective objective) {
        Map<String, TrainingObjective> all = new LinkedHashMap<>(objectives);
        all.put(method, objective);
        return new CompressionState(network, parametrizations, all, choices);
    }

    /**
     * Remembers what a search chose.
     *
     * @param chosen the choice; an earlier one for the same method and layers is overridden
     * @return the new state
     */
    public CompressionState withChoices(Search.Choices chosen) {
        Map<String, Map<ParameterKey, Map<String, Object>>> all = new LinkedHashMap<>(choices);
        Map<ParameterKey, Map<String, Object>> ofMethod =
                new LinkedHashMap<>(all.getOrDefault(chosen.method(), Map.of()));
        ofMethod.putAll(chosen.values());
        all.put(chosen.method(), ofMethod);
        return new CompressionState(network, parametrizations, objectives, all);
    }

    /**
     * Returns a weight tensor.
     *
     * @param key its key
     * @return the tensor
     * @throws IllegalArgumentException if the network has none of that name
     */
    public Tensor weight(ParameterKey key) {
        Tensor tensor = network.parameters().get(key);
        if (tensor == null) {
            throw new IllegalArgumentException("network " + network.name() + " has no layer " + key.layerName());
        }
        return tensor;
    }

    /**
     * Returns the layers whose weights are shared.
     *
     * @return their shared-weight forms, in node order
     */
    public List<CompressedLayer> compressedLayers() {
        List<CompressedLayer> layers = new ArrayList<>();
        for (ParameterKey key : network.weights().keySet()) {
            LayerParametrization parametrization = parametrizations.get(key);
            if (parametrization != null) {
                parametrization.compressed().ifPresent(layers::add);
            }
        }
        return layers;
    }
}
