package org.eiesim.compiler.export;

import java.util.Arrays;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Turns a layer, its bias and an input vector into a {@link Dump}. The weights are the layer's own; the bias has to go
 * through the codebook, each value becoming the nearest shared weight (0 included), as in the EIE authors' own flow,
 * so that it differs from the network's: the largest difference is reported.
 *
 * @param dump the dump
 * @param largestBiasError the largest {@code |coded bias - bias|}, 0 without a bias
 */
public record LayerExport(Dump dump, float largestBiasError) {
    /**
     * Exports a layer, or one group of a grouped convolution, as the product of its matrix {@code [outputs / groups,
     * inputs]} with one vector. The inputs of a convolution are one patch: channel, kernel row, kernel column.
     *
     * @param layer the layer: a codebook of at most 16 entries and a tensor of two or more axes
     * @param bias one value per output of the whole layer, or null; not changed
     * @param group which group, {@code 0 <= group < groups}
     * @param groups the number of groups, dividing the layer's outputs; 1 where there are none
     * @param inputs the vector, as long as the matrix has columns; owned by the dump afterwards
     * @param numPes processing elements, 1..4096
     * @return the dump and what the bias lost
     * @throws IllegalArgumentException if the codebook is too large for a dump, or sizes do not fit one another
     */
    public static LayerExport of(
            CompressedLayer layer, float @Nullable [] bias, int group, int groups, float[] inputs, int numPes) {
        String name = layer.key().layerName();
        Shape shape = layer.shape();
        if (layer.codebook().length > Dump.CODEBOOK_SIZE) {
            throw new IllegalArgumentException("layer " + name + " has a codebook of " + layer.codebook().length
                    + " entries, but a dump holds " + Dump.CODEBOOK_SIZE + ": share its weights with fewer");
        }
        if (shape.rank() < 2 || groups < 1 || shape.extent(0) % groups != 0 || group < 0 || group >= groups) {
            throw new IllegalArgumentException(
                    "layer " + name + " of shape " + shape + " has no group " + group + " of " + groups);
        }
        int numRows = shape.extent(0) / groups;
        int numColumns = shape.extent(0) == 0 ? 0 : shape.size() / shape.extent(0);
        if (inputs.length != numColumns) {
            throw new IllegalArgumentException(
                    "layer " + name + " takes " + numColumns + " inputs, not " + inputs.length);
        }
        if (bias != null && bias.length != shape.extent(0)) {
            throw new IllegalArgumentException(
                    "layer " + name + " has " + shape.extent(0) + " outputs, but " + bias.length + " biases");
        }
        int first = group * numRows;
        byte[] codes = Arrays.copyOfRange(layer.codes(), first * numColumns, (first + numRows) * numColumns);
        float[] codebook = Arrays.copyOf(layer.codebook(), Dump.CODEBOOK_SIZE);
        byte[] biasCodes = null;
        float largestError = 0;
        if (bias != null) {
            biasCodes = new byte[numRows];
            for (int row = 0; row < numRows; row++) {
                float value = bias[first + row];
                biasCodes[row] = nearest(layer.codebook(), value);
                largestError = Math.max(largestError, Math.abs(layer.codebook()[biasCodes[row]] - value));
            }
        }
        InterleavedCsc matrix =
                InterleavedCscBuilder.build(codes, numRows, numColumns, numPes, Dump.MIN_INDEX_BITS, biasCodes);
        return new LayerExport(new Dump(matrix, codebook, inputs, numRows), largestError);
    }

    /** The nearest entry of a codebook; of two equally near ones the lower code. */
    private static byte nearest(float[] codebook, float value) {
        int best = 0;
        for (int code = 1; code < codebook.length; code++) {
            if (Math.abs(codebook[code] - value) < Math.abs(codebook[best] - value)) {
                best = code;
            }
        }
        return (byte) best;
    }
}
