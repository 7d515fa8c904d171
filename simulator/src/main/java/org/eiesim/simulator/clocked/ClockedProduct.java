package org.eiesim.simulator.clocked;

import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.element.Datapath;
import org.eiesim.simulator.element.Numbers;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductCheck;
import org.eiesim.simulator.machine.ProductImage;
import org.jspecify.annotations.Nullable;

/** A product loaded into a machine of its own. */
final class ClockedProduct implements PreparedProduct {
    private final ProductImage image;
    private final MachineConfig config;
    private final Arithmetic arithmetic;
    private final Datapath datapath;
    private final ProcessingArray array;
    private final @Nullable CycleObserver observer;

    ClockedProduct(ProductImage image, MachineConfig config, Arithmetic arithmetic, @Nullable CycleObserver observer) {
        this.image = image;
        this.config = config;
        this.arithmetic = arithmetic;
        this.observer = observer;
        datapath = arithmetic.datapath(image.codebook());
        array = new ProcessingArray(image, config, datapath);
    }

    @Override
    public void run(Numbers inputs, int offset, Numbers accumulators, EventRecord events) {
        ProductCheck.requireNumbers(inputs, accumulators, arithmetic);
        ProductCheck.requireFinite(inputs, offset, image.numInputs());
        array.detector().clear();
        array.detector().load(inputs, offset, image.numInputs());
        if (image.biasColumn()) {
            array.detector().loadLive(image.matrix().numColumns() - 1, arithmetic.one());
        }
        int[] registers = array.registers();
        for (int row = 0; row < registers.length; row++) {
            registers[row] = accumulators.bits(row);
        }
        array.run(events, observer);
        for (int row = 0; row < registers.length; row++) {
            accumulators.setBits(row, registers[row]);
        }
        events.saturations += datapath.takeSaturations();
    }

    @Override
    public PreparedProduct fork() {
        return new ClockedProduct(image, config, arithmetic, observer);
    }
}
