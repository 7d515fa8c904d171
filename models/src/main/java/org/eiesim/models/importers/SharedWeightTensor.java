package org.eiesim.models.importers;

import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * A weight tensor as an imported file shares it: {@code weight[p] = codebook[codes[p]]}, code 0 being 0.
 *
 * @param key the parameter of the network it stands for
 * @param shape its shape
 * @param codebook the shared weights, the first 0; owned by the receiver
 * @param codes {@code shape.size()} unsigned codebook indices; owned by the receiver
 * @param numEntries entries the file stores for it, padding included
 * @param numPadding entries with code 0
 */
public record SharedWeightTensor(
        ParameterKey key, Shape shape, float[] codebook, byte[] codes, int numEntries, int numPadding) {
    /**
     * Returns the weights it stands for.
     *
     * @return a new tensor
     */
    public Tensor decode() {
        float[] values = new float[codes.length];
        for (int i = 0; i < codes.length; i++) {
            values[i] = codebook[codes[i] & 0xFF];
        }
        return new Tensor(shape, values);
    }
}
