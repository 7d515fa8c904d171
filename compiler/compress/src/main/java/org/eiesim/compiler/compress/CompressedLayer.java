package org.eiesim.compiler.compress;

import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * One weight tensor in shared-weight form: {@code weight[p] = codebook[codes[p]]} for every position {@code p} of the
 * flattened tensor (C order). Entry 0 of the codebook is exactly 0 and code 0 means a pruned weight.
 *
 * <p>Source: Deep Compression section 3, EIE equation 3.
 *
 * @param key the parameter of the network it stands for
 * @param shape the tensor's shape: {@code [outputs, inputs]} or {@code [outputs, channels / groups, height, width]}
 * @param codebook 2..256 shared weights, all finite, the first 0; owned, not copied
 * @param codes {@code shape.size()} unsigned codebook indices; owned, not copied
 */
public record CompressedLayer(ParameterKey key, Shape shape, float[] codebook, byte[] codes) {
    /** Checks sizes, finiteness, and that every code is inside the codebook. */
    public CompressedLayer {
        if (codebook.length < 2 || codebook.length > 256) {
            throw new IllegalArgumentException(
                    "layer " + key.layerName() + ": a codebook has 2..256 entries, not " + codebook.length);
        }
        if (Float.floatToRawIntBits(codebook[0]) != 0) {
            throw new IllegalArgumentException(
                    "layer " + key.layerName() + ": codebook entry 0 must be 0, not " + codebook[0]);
        }
        for (float centroid : codebook) {
            if (!Float.isFinite(centroid)) {
                throw new IllegalArgumentException("layer " + key.layerName() + ": codebook holds " + centroid);
            }
        }
        if (codes.length != shape.size()) {
            throw new IllegalArgumentException(
                    "layer " + key.layerName() + ": " + codes.length + " codes for shape " + shape);
        }
        for (byte code : codes) {
            if ((code & 0xFF) >= codebook.length) {
                throw new IllegalArgumentException("layer " + key.layerName() + ": code " + (code & 0xFF)
                        + " is outside a codebook of " + codebook.length);
            }
        }
    }

    /**
     * Counts the weights that are not pruned.
     *
     * @return the number of codes that are not 0
     */
    public int numNonzeros() {
        int count = 0;
        for (byte code : codes) {
            if (code != 0) {
                count++;
            }
        }
        return count;
    }

    /**
     * Returns the weights it stands for.
     *
     * @return a new tensor of this layer's shape
     */
    public Tensor decode() {
        float[] values = new float[codes.length];
        for (int i = 0; i < codes.length; i++) {
            values[i] = codebook[codes[i] & 0xFF];
        }
        return new Tensor(shape, values);
    }

    /**
     * Returns whether a tensor holds exactly the weights this layer stands for.
     *
     * @param tensor any tensor
     * @return whether {@link #decode} would return an equal one
     */
    public boolean decodesTo(Tensor tensor) {
        if (!shape.equals(tensor.shape())) {
            return false;
        }
        for (int i = 0; i < codes.length; i++) {
            if (Float.floatToRawIntBits(codebook[codes[i] & 0xFF]) != Float.floatToRawIntBits(tensor.values()[i])) {
                return false;
            }
        }
        return true;
    }
}
