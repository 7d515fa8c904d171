package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;

/** All parameters of a network as arrays of one run: how they are stored and what the network sees of them. */
final class TrainedTensors {
    private final Network network;
    private final Map<ParameterKey, WeightParametrization.Bound> bound = new LinkedHashMap<>();
    private final Map<ParameterKey, NDArray> plain = new LinkedHashMap<>();
    private final Map<ParameterKey, NDArray> fixed = new LinkedHashMap<>();

    /**
     * Puts the parameters into arrays.
     *
     * @param manager owns the arrays
     * @param network the network to be trained
     * @param parametrizations how some of its parameters are stored; the others are stored as they are
     * @throws IllegalArgumentException if two are for one parameter or one is for an unknown parameter
     */
    TrainedTensors(NDManager manager, Network network, List<? extends WeightParametrization> parametrizations) {
        this.network = network;
        Map<ParameterKey, Tensor> parameters = network.parameters();
        for (WeightParametrization parametrization : parametrizations) {
            Tensor current = parameters.get(parametrization.key());
            if (current == null) {
                throw new IllegalArgumentException(
                        "network " + network.name() + " has no parameter " + parametrization.key());
            }
            if (bound.put(parametrization.key(), parametrization.bind(manager, current)) != null) {
                throw new IllegalArgumentException("parameter " + parametrization.key() + " has two parametrizations");
            }
        }
        parameters.forEach((key, tensor) -> {
            if (!bound.containsKey(key)) {
                (key.isLearnt() ? plain : fixed).put(key, TensorArrays.toArray(manager, tensor));
            }
        });
    }

    /** Returns every array the optimizer changes. */
    List<NDArray> trainable() {
        List<NDArray> all = new ArrayList<>(plain.values());
        bound.values().forEach(binding -> all.addAll(binding.stored()));
        return all;
    }

    /** Computes the effective tensor of every parameter, in node order. */
    Map<ParameterKey, NDArray> effective() {
        Map<ParameterKey, NDArray> all = new LinkedHashMap<>();
        for (ParameterKey key : network.parameters().keySet()) {
            WeightParametrization.Bound binding = bound.get(key);
            all.put(key, binding == null ? plainArray(key) : binding.effective());
        }
        return all;
    }

    private NDArray plainArray(ParameterKey key) {
        NDArray array = (key.isLearnt() ? plain : fixed).get(key);
        if (array == null) {
            throw new IllegalStateException("parameter " + key + " has no array");
        }
        return array;
    }

    /** Lets the parametrizations bring their arrays back into bounds. */
    void afterUpdate(TrainingStep step) {
        bound.values().forEach(binding -> binding.afterUpdate(step));
    }

    /** Copies the network with its effective parameters as they are now. */
    Network network(Map<ParameterKey, NDArray> effective) {
        Map<ParameterKey, Tensor> values = new LinkedHashMap<>();
        effective.forEach((key, array) -> values.put(key, TensorArrays.toTensor(array)));
        return network.withParameters(values);
    }

    /** Copies the stored tensors of the parametrized parameters as they are now. */
    Map<ParameterKey, List<Tensor>> stored() {
        Map<ParameterKey, List<Tensor>> values = new LinkedHashMap<>();
        bound.forEach((key, binding) -> values.put(
                key, binding.stored().stream().map(TensorArrays::toTensor).toList()));
        return values;
    }
}
