package org.eiesim.simulator.functional;

import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.machine.Arithmetic;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductImage;

/** A product in fixed point: exact product, rounding shift, saturating add, entry by entry. */
final class FixedPointProduct implements PreparedProduct {
    private final ProductImage image;
    private final MachineConfig config;
    private final LiveInputs liveInputs;
    private final ColumnCounter counter;
    private final Arithmetic.FixedPoint arithmetic;
    private final int[] codebook;

    FixedPointProduct(ProductImage image, MachineConfig config, Arithmetic.FixedPoint arithmetic) {
        this.image = image;
        this.config = config;
        this.arithmetic = arithmetic;
        liveInputs = config.liveInputs();
        counter = new ColumnCounter(image.matrix(), config.spmatRowEntries());
        codebook = arithmetic.rawCodebook(image.codebook());
    }

    @Override
    public void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
        counter.startProduct(events);
        for (int column = 0; column < image.numInputs(); column++) {
            int input = inputs[offset + column];
            if (liveInputs.isLive(input)) {
                runColumn(column, input, accumulators, events);
                counter.count(column, events);
            }
        }
        if (image.biasColumn()) {
            int column = image.matrix().numColumns() - 1;
            runColumn(column, arithmetic.rawOne(), accumulators, events);
            counter.count(column, events);
        }
    }

    private void runColumn(int column, int input, int[] accumulators, EventRecord events) {
        InterleavedCsc matrix = image.matrix();
        int numPes = matrix.numPes();
        for (int pe = 0; pe < numPes; pe++) {
            byte[] codes = matrix.codes()[pe];
            short[] relativeIndices = matrix.relativeIndices()[pe];
            int end = matrix.columnStarts()[pe][column + 1];
            int localRow = -1;
            for (int entry = matrix.columnStarts()[pe][column]; entry < end; entry++) {
                localRow += (relativeIndices[entry] & 0xFFFF) + 1;
                if (codes[entry] != 0) {
                    int row = localRow * numPes + pe;
                    long product = (long) codebook[codes[entry] & 0xFF] * input;
                    long sum = accumulators[row]
                            + FixedPoint.shiftRight(product, arithmetic.shift(), arithmetic.rounding());
                    int kept = FixedPoint.saturate(sum, arithmetic.accumulator());
                    events.saturations += kept == sum ? 0 : 1;
                    accumulators[row] = kept;
                }
            }
        }
    }

    @Override
    public void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
        throw new IllegalStateException("prepared for fixed point, run in float32");
    }

    @Override
    public PreparedProduct fork() {
        return new FixedPointProduct(image, config, arithmetic);
    }
}
