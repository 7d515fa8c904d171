package org.eiesim.simulator.machine;

import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.program.LayerFormats;
import org.jspecify.annotations.Nullable;

/**
 * The register files of several vectors side by side, for the iterations of an {@link IndependentLoop}: element i of
 * vector v stands at {@code i * stride + v}. Does to every vector what {@link RegisterFiles} does to one.
 */
interface BlockRegisters {
    /** Most vectors of a block. */
    int MAX_VECTORS = 64;

    /** Returns the distance of two elements in a block of vectors: no more than is needed; what is beside them is 0. */
    static int stride(int numVectors) {
        int multiple = BlockProduct.STRIDE_MULTIPLE;
        return Math.max(multiple, (numVectors + multiple - 1) / multiple * multiple);
    }

    /** Begins a block of vectors of a layer whose iterations activate {@code outputsPerVector} values each. */
    void start(int numVectors, int outputsPerVector, LayerTally tally, @Nullable LayerFormats formats);

    /** Loads {@code count} values, {@code step} apart, of vectors {@code vectorStride} apart, first at {@code offset}. */
    void load(float[] buffer, int offset, int step, long vectorStride, int position, int count);

    /** Sets accumulators {@code 0..count-1} of all vectors. */
    void loadBias(float[] bias, int offset, int count);

    /** Sets accumulators {@code 0..count-1} of all vectors to 0. */
    void clear(int count);

    /** Runs a product from the sources at {@code position} into the accumulators. */
    void run(BlockProduct product, int position);

    /** Applies the function to accumulators {@code 0..count-1} and rounds them to the output format. */
    void activate(ActivationCode function, int count);

    /** Stores {@code count} values, {@code step} apart, of vectors {@code vectorStride} apart, first at {@code offset}. */
    void store(int position, int count, float[] buffer, int offset, int step, long vectorStride);
}
