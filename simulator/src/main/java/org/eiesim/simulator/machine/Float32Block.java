package org.eiesim.simulator.machine;

import java.util.Arrays;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.program.LayerFormats;
import org.jspecify.annotations.Nullable;

/** Register files of several vectors in single precision. */
final class Float32Block implements BlockRegisters {
    private final float[] source;
    private final float[] destination;
    private int numVectors;
    private int stride;
    private int outputsPerVector;
    private int numActivated;
    private LayerTally tally;

    Float32Block(int length, int maxVectors, LayerTally none) {
        source = new float[length * maxVectors];
        destination = new float[length * maxVectors];
        tally = none;
    }

    @Override
    public void start(int vectors, int outputs, LayerTally layer, @Nullable LayerFormats formats) {
        numVectors = vectors;
        stride = BlockRegisters.stride(vectors);
        outputsPerVector = outputs;
        numActivated = 0;
        tally = layer;
    }

    @Override
    public void load(float[] buffer, int offset, int step, long vectorStride, int position, int count) {
        Transposition.gather(buffer, offset, step, vectorStride, count, numVectors, source, position * stride, stride);
        for (int i = position; numVectors < stride && i < position + count; i++) {
            Arrays.fill(source, i * stride + numVectors, (i + 1) * stride, 0);
        }
    }

    @Override
    public void loadBias(float[] bias, int offset, int count) {
        for (int row = 0; row < count; row++) {
            Arrays.fill(destination, row * stride, (row + 1) * stride, bias[offset + row]);
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
        ActivationFunctions.apply(function, destination, count * stride);
        for (int row = 0; row < count; row++) {
            for (int v = 0; v < numVectors; v++) {
                float value = destination[row * stride + v];
                if (!Float.isFinite(value)) {
                    throw new ArithmeticException("an output is " + value + ": the sums exceed float32");
                }
                long place = (long) v * outputsPerVector + numActivated + row;
                tally.outputAt(place, value, Float.floatToRawIntBits(value));
            }
        }
        numActivated += count;
    }

    @Override
    public void store(int position, int count, float[] buffer, int offset, int step, long vectorStride) {
        Transposition.scatter(
                destination, position * stride, stride, count, numVectors, buffer, offset, step, vectorStride);
    }
}
