package org.eiesim.compiler.compress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.Trainer;
import org.eiesim.models.train.TrainingOptions;
import org.eiesim.models.train.TrainingResult;
import org.eiesim.models.train.WeightParametrization;

/** Trains a network with all parametrizations and loss terms that are in force. */
final class Retraining {
    private Retraining() {}

    /**
     * Trains.
     *
     * @param state the network and what is in force
     * @param trainedNodes nodes whose parameters are trained; all others are frozen
     * @param options how to train
     * @param adjustDropout whether dropout follows the layers' density
     * @param method the method that trains, for messages
     * @param context the images
     * @return the trained network; parametrizations hold their trained tensors
     */
    static CompressionState train(
            CompressionState state,
            Set<String> trainedNodes,
            TrainingOptions options,
            boolean adjustDropout,
            String method,
            CompressionContext context) {
        Network network = state.network();
        List<WeightParametrization> parametrizations = new ArrayList<>();
        for (ParameterKey key : network.parameters().keySet()) {
            LayerParametrization inForce = state.parametrizations().get(key);
            if (!trainedNodes.contains(key.node())) {
                parametrizations.add(new FrozenTensor(key));
            } else if (inForce != null) {
                parametrizations.add(inForce);
            }
        }
        TrainingResult result = Trainer.train(
                adjustDropout ? DropoutAdjustment.adjust(network) : network,
                context.requireTrain(method),
                context.requireValidation(method),
                options,
                parametrizations,
                List.copyOf(state.objectives().values()),
                context.listener(),
                context.checkpoints().next());
        Map<ParameterKey, LayerParametrization> trained = new LinkedHashMap<>(state.parametrizations());
        state.parametrizations().forEach((key, parametrization) -> {
            List<Tensor> stored = result.stored().get(key);
            if (stored != null && trainedNodes.contains(key.node())) {
                trained.put(key, parametrization.trained(stored));
            }
        });
        return new CompressionState(
                network.withParameters(result.network().parameters()), trained, state.objectives(), state.choices());
    }
}
