package org.eiesim.simulator.functional;

import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductCheck;
import org.eiesim.simulator.machine.ProductImage;

/** A product in single precision; product and sum are rounded apart, never fused. */
final class Float32Product implements PreparedProduct {
    private final ProductImage image;
    private final MachineConfig config;
    private final LiveInputs liveInputs;
    private final ColumnCounter counter;

    Float32Product(ProductImage image, MachineConfig config) {
        this.image = image;
        this.config = config;
        liveInputs = config.liveInputs();
        counter = new ColumnCounter(image.matrix(), config.spmatRowEntries());
    }

    @Override
    public void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
        ProductCheck.requireFinite(inputs, offset, image.numInputs());
        counter.startProduct(events);
        for (int column = 0; column < image.numInputs(); column++) {
            float input = inputs[offset + column];
            if (liveInputs.isLive(input)) {
                runColumn(column, input, accumulators);
                counter.count(column, events);
            }
        }
        if (image.biasColumn()) {
            int column = image.matrix().numColumns() - 1;
            runColumn(column, 1, accumulators);
            counter.count(column, events);
        }
    }

    private void runColumn(int column, float input, float[] accumulators) {
        InterleavedCsc matrix = image.matrix();
        float[] codebook = image.codebook();
        int numPes = matrix.numPes();
        for (int pe = 0; pe < numPes; pe++) {
            byte[] codes = matrix.codes()[pe];
            short[] relativeIndices = matrix.relativeIndices()[pe];
            int end = matrix.columnStarts()[pe][column + 1];
            int localRow = -1;
            for (int entry = matrix.columnStarts()[pe][column]; entry < end; entry++) {
                localRow += (relativeIndices[entry] & 0xFFFF) + 1;
                if (codes[entry] != 0) {
                    accumulators[localRow * numPes + pe] += codebook[codes[entry] & 0xFF] * input;
                }
            }
        }
    }

    @Override
    public void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
        throw new IllegalStateException("prepared for float32, run in fixed point");
    }

    @Override
    public PreparedProduct fork() {
        return new Float32Product(image, config);
    }
}
