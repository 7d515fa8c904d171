package org.eiesim.simulator.machine;

import java.util.Arrays;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;
import org.jspecify.annotations.Nullable;

/** Register files of several vectors in raw fixed-point numbers. */
final class FixedPointBlock implements BlockRegisters {
    private final Rounding rounding;
    /** Values on their way from a host buffer or to one. */
    private final float[] passing;

    private final int[] source;
    private final int[] destination;
    private int[] bias = {};
    private int numVectors;
    private int stride;
    private int outputsPerVector;
    private int numActivated;
    private LayerTally tally;
    private @Nullable LayerFormats formats;

    FixedPointBlock(int length, int maxVectors, Rounding rounding, LayerTally none) {
        this.rounding = rounding;
        passing = new float[length * maxVectors];
        source = new int[length * maxVectors];
        destination = new int[length * maxVectors];
        tally = none;
    }

    @Override
    public void start(int vectors, int outputs, LayerTally layer, @Nullable LayerFormats layerFormats) {
        numVectors = vectors;
        stride = BlockRegisters.stride(vectors);
        outputsPerVector = outputs;
        numActivated = 0;
        tally = layer;
        formats = layerFormats;
    }

    private LayerFormats formats() {
        if (formats == null) {
            throw new IllegalStateException("the layer has no fixed-point formats");
        }
        return formats;
    }

    @Override
    public void load(float[] buffer, int offset, int step, long vectorStride, int position, int count) {
        QFormat input = formats().input();
        Transposition.gather(buffer, offset, step, vectorStride, count, numVectors, passing, 0, stride);
        for (int i = 0; i < count; i++) {
            int at = (position + i) * stride;
            tally.events.saturations += FixedPoint.quantize(passing, i * stride, numVectors, input, source, at);
            Arrays.fill(source, at + numVectors, at + stride, 0);
        }
    }

    @Override
    public void loadBias(float[] values, int offset, int count) {
        if (bias.length < count) {
            bias = new int[count];
        }
        tally.events.saturations += (long) numVectors
                * FixedPoint.quantize(values, offset, count, formats().accumulator(), bias, 0);
        for (int row = 0; row < count; row++) {
            Arrays.fill(destination, row * stride, (row + 1) * stride, bias[row]);
        }
    }

    @Override
    public void clear(int count) {
        Arrays.fill(destination, 0, count * stride, 0);
    }

    @Override
    public void run(BlockProduct product, int position) {
        product.runBlock(source, position, numVectors, stride, destination, tally.events);
    }

    @Override
    public void activate(ActivationCode function, int count) {
        OutputStage stage = new OutputStage(formats(), rounding, function);
        for (int row = 0; row < count; row++) {
            for (int v = 0; v < numVectors; v++) {
                int at = row * stride + v;
                int raw = stage.apply(destination[at]);
                destination[at] = raw;
                tally.outputAt((long) v * outputsPerVector + numActivated + row, stage.value(raw), raw);
            }
        }
        tally.events.saturations += stage.saturations();
        numActivated += count;
    }

    @Override
    public void store(int position, int count, float[] buffer, int offset, int step, long vectorStride) {
        // Stored is what was activated, so it is in the output format.
        double unit = Math.scalb(1.0, -formats().output().fractionBits());
        for (int i = 0; i < count; i++) {
            for (int v = 0; v < numVectors; v++) {
                passing[i * stride + v] = (float) (destination[(position + i) * stride + v] * unit);
            }
        }
        Transposition.scatter(passing, 0, stride, count, numVectors, buffer, offset, step, vectorStride);
    }
}
