package org.eiesim.compiler.ir;

import java.util.List;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.models.network.Shape;

/**
 * A shared-weight tensor of four axes. As a matrix it has one row per output and
 * {@code channels * kernelHeight * kernelWidth} columns, in the order channel, kernel row, kernel column.
 *
 * @param outputs rows of the matrix, all groups together
 * @param channels channels one output sees: the layer's channels divided by its groups
 * @param kernelHeight rows of the kernel, 1 for a fully connected layer
 * @param kernelWidth columns of the kernel, 1 for a fully connected layer
 * @param codebooks the shared weights, entry 0 being 0: one codebook for all outputs, or several, each for as many outputs;
 *     the arrays are not copied
 * @param codes {@code outputs * columns} unsigned codebook indices in C order; not copied
 */
public record SharedWeights(
        int outputs, int channels, int kernelHeight, int kernelWidth, List<float[]> codebooks, byte[] codes) {
    /** Checks that codes and codebooks fit the extents. */
    public SharedWeights {
        codebooks = List.copyOf(codebooks);
        if (codebooks.isEmpty() || outputs % codebooks.size() != 0) {
            throw new IllegalArgumentException(codebooks.size() + " codebooks do not divide " + outputs + " outputs");
        }
        long size = (long) outputs * channels * kernelHeight * kernelWidth;
        if (codes.length != size) {
            throw new IllegalArgumentException(codes.length + " codes for " + size + " weights");
        }
    }

    /**
     * Makes weights with one codebook.
     *
     * @param outputs rows of the matrix
     * @param channels channels one output sees
     * @param kernelHeight rows of the kernel
     * @param kernelWidth columns of the kernel
     * @param codebook the shared weights, entry 0 being 0; not copied
     * @param codes {@code outputs * columns} unsigned codebook indices in C order; not copied
     */
    public SharedWeights(int outputs, int channels, int kernelHeight, int kernelWidth, float[] codebook, byte[] codes) {
        this(outputs, channels, kernelHeight, kernelWidth, List.of(codebook), codes);
    }

    /**
     * Views a compressed layer so.
     *
     * @param layer a layer of two or four axes
     * @return its weights, sharing its arrays
     * @throws IllegalArgumentException if it has another number of axes
     */
    public static SharedWeights of(CompressedLayer layer) {
        Shape shape = layer.shape();
        if (shape.rank() != 2 && shape.rank() != 4) {
            throw new IllegalArgumentException("layer " + layer.key().layerName() + " has shape " + shape);
        }
        boolean kernel = shape.rank() == 4;
        return new SharedWeights(
                shape.extent(0),
                shape.extent(1),
                kernel ? shape.extent(2) : 1,
                kernel ? shape.extent(3) : 1,
                layer.codebook(),
                layer.codes());
    }

    /**
     * Returns the only codebook.
     *
     * @return the shared weights
     * @throws IllegalStateException if there are several
     */
    public float[] codebook() {
        if (codebooks.size() != 1) {
            throw new IllegalStateException("there are " + codebooks.size() + " codebooks");
        }
        return codebooks.get(0);
    }

    /**
     * Returns the codebook of an output.
     *
     * @param output a row of the matrix
     * @return its shared weights
     */
    public float[] codebookOf(int output) {
        return codebooks.get(output / (outputs / codebooks.size()));
    }

    /**
     * Decodes the weights.
     *
     * @return {@code outputs * columns} values in C order
     */
    public float[] decode() {
        float[] values = new float[codes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = codebookOf(i / columns())[codes[i] & 0xFF];
        }
        return values;
    }

    /**
     * Returns the size of the largest codebook.
     *
     * @return shared weights, zero included
     */
    public int codebookSize() {
        return codebooks.stream().mapToInt(codebook -> codebook.length).max().orElse(0);
    }

    /**
     * Returns the columns of the matrix.
     *
     * @return {@code channels * kernelHeight * kernelWidth}
     */
    public int columns() {
        return channels * kernelHeight * kernelWidth;
    }

    /**
     * Counts the weights that are not pruned.
     *
     * @return the number of codes that are not 0
     */
    public int numNonzeros() {
        int count = 0;
        for (byte code : codes) {
            count += code == 0 ? 0 : 1;
        }
        return count;
    }

    @Override
    public String toString() {
        return outputs + "x" + channels + "x" + kernelHeight + "x" + kernelWidth + " of "
                + (codebooks.size() == 1 ? "" : codebooks.size() + " times ") + codebookSize() + " shared weights, "
                + numNonzeros() + " non-zero";
    }
}
