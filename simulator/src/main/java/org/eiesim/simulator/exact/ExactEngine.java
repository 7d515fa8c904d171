package org.eiesim.simulator.exact;

import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.element.ProductMatrix;
import org.eiesim.simulator.exact.lanes.BlockLanes;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.exact.lanes.RowEntries;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.ProductCheck;
import org.eiesim.simulator.machine.ProductImage;

/**
 * Yields the clocked engine's outputs and event record, bit for bit and field for field, without ticking: the array is a
 * max-plus system whose recurrences {@link ColumnTiming} solves, and the outputs are a sparse product in stream order.
 */
public final class ExactEngine implements Engine {
    private final Lanes lanes;

    /** Makes the engine on the fastest lanes there are. */
    public ExactEngine() {
        this(Lanes.fastest());
    }

    /**
     * Makes the engine.
     *
     * @param lanes how to step the PEs
     */
    public ExactEngine(Lanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public ExactProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
        ProductCheck.requireRunnable(image, config);
        BlockLanes blocks = image.numInputs() <= RowEntries.MAX_COLUMNS ? lanes.blocks() : null;
        ProductMatrix matrix =
                new ProductMatrix(image.matrix(), image.codebook(), image.numInputs(), image.biasColumn(), blocks);
        return new ExactProduct(matrix, arithmetic.sums(matrix), timing(EntryCounts.of(image), config));
    }

    /**
     * Prepares a product of which only the events are wanted.
     *
     * @param counts the product's entries, shared between machines and threads
     * @param config the machine; it has as many PEs as the counts
     * @return the product, ready for lists of live inputs
     * @throws IllegalArgumentException if the numbers of PEs differ
     */
    public ExactTiming timing(EntryCounts counts, MachineConfig config) {
        return new ExactTiming(counts, config, lanes);
    }
}
