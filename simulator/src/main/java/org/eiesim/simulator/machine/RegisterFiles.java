package org.eiesim.simulator.machine;

import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.simulator.element.Arithmetic;
import org.jspecify.annotations.Nullable;

/** The source and destination register file of all PEs, in the numbers of a run. */
interface RegisterFiles {
    /** Begins an input of the network: the register files hold nothing. */
    void startInput();

    /** Begins a layer. */
    void startLayer(LayerTally tally);

    /** Sets the layer's formats; null where a float32 run has none. */
    void setFormats(@Nullable LayerFormats formats);

    /** Returns the arithmetic of the layer's products. */
    Arithmetic arithmetic();

    /** Loads {@code count} values, {@code step} apart from {@code offset}, into the source from {@code position}. */
    void load(float[] buffer, int offset, int step, int position, int count);

    /** Sets accumulators {@code 0..count-1}. */
    void loadBias(float[] bias, int offset, int count);

    /** Sets accumulators {@code 0..count-1} to 0. */
    void clear(int count);

    /** Runs a product from the source at {@code position} into the accumulators. */
    void run(PreparedProduct product, int position);

    /** Applies the function to accumulators {@code 0..count-1} and rounds them to the output format. */
    void activate(ActivationCode function, int count);

    /** Stores {@code count} values of the destination from {@code position}. */
    void store(int position, int count, float[] buffer, int offset, int step);

    /** Exchanges source and destination. */
    void swap();
}
