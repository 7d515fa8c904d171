package org.eiesim.simulator.exact;

import org.eiesim.kernels.check.Ranges;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.element.Numbers;
import org.eiesim.simulator.element.ProductMatrix;
import org.eiesim.simulator.element.ProductSums;
import org.eiesim.simulator.machine.BlockProduct;
import org.eiesim.simulator.machine.EventRecord;

/**
 * A product laid out column by column, at most 8 bytes an entry; for blocks of vectors, once one is run, also row by row, 4
 * bytes an entry. The layouts are shared by all forks; the rest belongs to one thread.
 */
public final class ExactProduct implements BlockProduct {
    private final ProductMatrix matrix;
    private final ProductSums sums;
    private final ExactTiming timing;
    private final BlockEvents blocks;

    ExactProduct(ProductMatrix matrix, ProductSums sums, ExactTiming timing) {
        this.matrix = matrix;
        this.sums = sums;
        this.timing = timing;
        blocks = new BlockEvents(timing, matrix.numInputs());
    }

    @Override
    public void run(Numbers inputs, int offset, Numbers accumulators, EventRecord events) {
        Ranges.requireSection("accumulators", accumulators.length(), 0, matrix.numRows());
        timing.run(inputs, offset, events);
        LiveColumns live = timing.live();
        long clipped = sums.add(live.columns(), live.numLiveInputs(), inputs, offset, accumulators);
        if (live.hasBias()) {
            clipped += sums.addBias(live.columns()[live.numLiveInputs()], accumulators);
        }
        events.saturations += clipped;
    }

    @Override
    public void runBlock(
            Numbers inputs, int position, int numVectors, int stride, Numbers accumulators, EventRecord events) {
        if (!sums.takesBlock(accumulators, matrix.numRows() * stride)) {
            runOneByOne(inputs, position, numVectors, stride, accumulators, events);
            return;
        }
        int offset = position * stride;
        blocks.count(inputs, offset, numVectors, stride, events);
        boolean positiveOnly = timing.rule() == LiveInputs.POSITIVE;
        events.saturations +=
                sums.addBlock(new ProductSums.Block(inputs, offset, numVectors, stride, positiveOnly), accumulators);
    }

    private void runOneByOne(
            Numbers inputs, int position, int numVectors, int stride, Numbers accumulators, EventRecord events) {
        Numbers vector = inputs.ofLength(matrix.numInputs());
        Numbers results = accumulators.ofLength(matrix.numRows());
        for (int v = 0; v < numVectors; v++) {
            for (int i = 0; i < vector.length(); i++) {
                vector.setBits(i, inputs.bits((position + i) * stride + v));
            }
            for (int row = 0; row < results.length(); row++) {
                results.setBits(row, accumulators.bits(row * stride + v));
            }
            run(vector, 0, results, events);
            for (int row = 0; row < results.length(); row++) {
                accumulators.setBits(row * stride + v, results.bits(row));
            }
        }
    }

    @Override
    public ExactProduct fork() {
        return new ExactProduct(matrix, sums.fork(), timing.fork());
    }
}
