package org.eiesim.compiler.compress.quantize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.LayerParametrization;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.TensorArrays;

/**
 * A layer with shared weights: {@code effective[p] = codebook[codes[p]]}. Only the entries 1 and up are trained; entry 0
 * is zero and stays so. The gradient of an entry is the sum of its members' gradients.
 *
 * <p>Source: Deep Compression section 3.
 *
 * @param layer codebook and codes
 */
public record SharedWeights(CompressedLayer layer) implements LayerParametrization {
    @Override
    public ParameterKey key() {
        return layer.key();
    }

    @Override
    public Tensor effective(Tensor weights) {
        return layer.decode();
    }

    @Override
    public LayerParametrization trained(List<Tensor> stored) {
        float[] codebook = new float[layer.codebook().length];
        System.arraycopy(stored.get(0).values(), 0, codebook, 1, codebook.length - 1);
        return new SharedWeights(new CompressedLayer(layer.key(), layer.shape(), codebook, layer.codes()));
    }

    @Override
    public LayerParametrization select(int[] outputs, int[] inputs) {
        byte[] selected = new byte[outputs.length * inputs.length];
        int numColumns = layer.shape().extent(1);
        for (int row = 0; row < outputs.length; row++) {
            for (int column = 0; column < inputs.length; column++) {
                selected[row * inputs.length + column] = layer.codes()[outputs[row] * numColumns + inputs[column]];
            }
        }
        return new SharedWeights(new CompressedLayer(
                layer.key(),
                org.eiesim.models.network.Shape.of(outputs.length, inputs.length),
                layer.codebook(),
                selected));
    }

    @Override
    public Optional<CompressedLayer> compressed() {
        return Optional.of(layer);
    }

    @Override
    public Bound bind(NDManager manager, Tensor current) {
        float[] codebook = layer.codebook();
        NDArray centroids = TensorArrays.copy(
                manager, Arrays.copyOfRange(codebook, 1, codebook.length), new Shape(codebook.length - 1));
        NDArray zero = manager.zeros(new Shape(1));
        NDArray members = manager.create(memberIndices());
        Shape shape = TensorArrays.toShape(layer.shape());
        return new Bound() {
            @Override
            public List<NDArray> stored() {
                return List.of(centroids);
            }

            @Override
            public NDArray effective() {
                return NDArrays.concat(new NDList(zero, centroids))
                        .gather(members, 0)
                        .reshape(shape);
            }
        };
    }

    private long[] memberIndices() {
        byte[] codes = layer.codes();
        long[] indices = new long[codes.length];
        for (int i = 0; i < codes.length; i++) {
            indices[i] = codes[i] & 0xFF;
        }
        return indices;
    }
}
