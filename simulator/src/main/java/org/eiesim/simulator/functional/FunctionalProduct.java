package org.eiesim.simulator.functional;

import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.element.Datapath;
import org.eiesim.simulator.element.Numbers;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductCheck;
import org.eiesim.simulator.machine.ProductImage;

/** A product entry by entry, in the order of each PE's stream. */
final class FunctionalProduct implements PreparedProduct {
    private final ProductImage image;
    private final MachineConfig config;
    private final Arithmetic arithmetic;
    private final Datapath datapath;
    private final LiveInputs liveInputs;
    private final ColumnCounter counter;

    FunctionalProduct(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
        this.image = image;
        this.config = config;
        this.arithmetic = arithmetic;
        datapath = arithmetic.datapath(image.codebook());
        liveInputs = config.liveInputs();
        counter = new ColumnCounter(image.matrix(), config.spmatRowEntries());
    }

    @Override
    public void run(Numbers inputs, int offset, Numbers accumulators, EventRecord events) {
        ProductCheck.requireNumbers(inputs, accumulators, arithmetic);
        ProductCheck.requireFinite(inputs, offset, image.numInputs());
        counter.startProduct(events);
        for (int column = 0; column < image.numInputs(); column++) {
            if (ProductCheck.isLive(inputs, offset + column, liveInputs)) {
                runColumn(column, inputs.bits(offset + column), accumulators);
                counter.count(column, events);
            }
        }
        if (image.biasColumn()) {
            int column = image.matrix().numColumns() - 1;
            runColumn(column, arithmetic.one(), accumulators);
            counter.count(column, events);
        }
        events.saturations += datapath.takeSaturations();
    }

    private void runColumn(int column, int input, Numbers accumulators) {
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
                    int product = datapath.multiply(datapath.weight(codes[entry] & 0xFF), input);
                    accumulators.setBits(row, datapath.add(accumulators.bits(row), product));
                }
            }
        }
    }

    @Override
    public PreparedProduct fork() {
        return new FunctionalProduct(image, config, arithmetic);
    }
}
