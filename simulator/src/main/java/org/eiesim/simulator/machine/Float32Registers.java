package org.eiesim.simulator.machine;

import java.util.Arrays;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.simulator.element.Arithmetic;
import org.jspecify.annotations.Nullable;

/** Register files of single-precision numbers. */
final class Float32Registers implements RegisterFiles {
    private static final Arithmetic FLOAT32 = new Arithmetic.Float32();

    private float[] source;
    private float[] destination;
    private LayerTally tally;

    Float32Registers(int length, LayerTally none) {
        source = new float[length];
        destination = new float[length];
        tally = none;
    }

    @Override
    public void startInput() {
        // A sound program reads nothing that is left from the input before.
    }

    @Override
    public void startLayer(LayerTally layer) {
        tally = layer;
    }

    @Override
    public void setFormats(@Nullable LayerFormats formats) {
        // Single precision has no formats.
    }

    @Override
    public Arithmetic arithmetic() {
        return FLOAT32;
    }

    @Override
    public void load(float[] buffer, int offset, int step, int position, int count) {
        for (int i = 0; i < count; i++) {
            source[position + i] = buffer[offset + i * step];
        }
    }

    @Override
    public void loadBias(float[] bias, int offset, int count) {
        System.arraycopy(bias, offset, destination, 0, count);
    }

    @Override
    public void clear(int count) {
        Arrays.fill(destination, 0, count, 0);
    }

    @Override
    public void run(PreparedProduct product, int position) {
        product.run(source, position, destination, tally.events);
    }

    @Override
    public void activate(ActivationCode function, int count) {
        ActivationFunctions.apply(function, destination, count);
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(destination[i])) {
                throw new ArithmeticException("an output is " + destination[i] + ": the sums exceed float32");
            }
            tally.output(destination[i], Float.floatToRawIntBits(destination[i]));
        }
    }

    @Override
    public void store(int position, int count, float[] buffer, int offset, int step) {
        for (int i = 0; i < count; i++) {
            buffer[offset + i * step] = destination[position + i];
        }
    }

    @Override
    public void swap() {
        float[] held = source;
        source = destination;
        destination = held;
    }
}
