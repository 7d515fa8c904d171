package org.eiesim.compiler.compress.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.LayerParametrization;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.TensorArrays;

/**
 * A pruned layer: {@code effective = stored * mask}. Pruned weights are zero in the forward pass and get no gradient, so
 * they stay pruned through retraining.
 *
 * <p>Source: Learning both Weights and Connections (the mask per weight tensor).
 *
 * @param key the layer
 * @param shape the shape of its weights
 * @param kept {@code shape.size()} flags in C order, true where the weight is kept; owned, not copied
 */
public record MaskedWeights(ParameterKey key, Shape shape, boolean[] kept) implements LayerParametrization {
    /** Checks the size. */
    public MaskedWeights {
        if (kept.length != shape.size()) {
            throw new IllegalArgumentException(kept.length + " flags for shape " + shape);
        }
    }

    @Override
    public Tensor effective(Tensor weights) {
        float[] values = weights.values().clone();
        for (int i = 0; i < values.length; i++) {
            if (!kept[i]) {
                values[i] = 0;
            }
        }
        return new Tensor(shape, values);
    }

    @Override
    public LayerParametrization trained(List<Tensor> stored) {
        return this;
    }

    @Override
    public LayerParametrization select(int[] outputs, int[] inputs) {
        boolean[] selected = new boolean[outputs.length * inputs.length];
        int numColumns = shape.extent(1);
        for (int row = 0; row < outputs.length; row++) {
            for (int column = 0; column < inputs.length; column++) {
                selected[row * inputs.length + column] = kept[outputs[row] * numColumns + inputs[column]];
            }
        }
        return new MaskedWeights(key, Shape.of(outputs.length, inputs.length), selected);
    }

    @Override
    public Optional<CompressedLayer> compressed() {
        return Optional.empty();
    }

    @Override
    public Bound bind(NDManager manager, Tensor current) {
        float[] factors = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            factors[i] = kept[i] ? 1 : 0;
        }
        NDArray mask = TensorArrays.toArray(manager, new Tensor(shape, factors));
        NDArray stored = TensorArrays.toArray(manager, current);
        return new Bound() {
            @Override
            public List<NDArray> stored() {
                return List.of(stored);
            }

            @Override
            public NDArray effective() {
                return stored.mul(mask);
            }
        };
    }
}
