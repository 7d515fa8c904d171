package org.eiesim.simulator.clocked;

import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.machine.Arithmetic;
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
        datapath = Datapath.of(arithmetic, image.codebook());
        array = new ProcessingArray(image, config, datapath);
    }

    @Override
    public void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
        if (!(arithmetic instanceof Arithmetic.Float32)) {
            throw new IllegalStateException("prepared for fixed point, run in float32");
        }
        ProductCheck.requireFinite(inputs, offset, image.numInputs());
        array.detector().clear();
        array.detector().load(inputs, offset, image.numInputs());
        loadBias(Float.floatToRawIntBits(1));
        int[] registers = array.registers();
        for (int row = 0; row < registers.length; row++) {
            registers[row] = Float.floatToRawIntBits(accumulators[row]);
        }
        array.run(events, observer);
        for (int row = 0; row < registers.length; row++) {
            accumulators[row] = Float.intBitsToFloat(registers[row]);
        }
    }

    @Override
    public void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
        if (!(arithmetic instanceof Arithmetic.FixedPoint fixedPoint)) {
            throw new IllegalStateException("prepared for float32, run in fixed point");
        }
        array.detector().clear();
        array.detector().load(inputs, offset, image.numInputs());
        loadBias(fixedPoint.rawOne());
        int[] registers = array.registers();
        System.arraycopy(accumulators, 0, registers, 0, registers.length);
        array.run(events, observer);
        System.arraycopy(registers, 0, accumulators, 0, registers.length);
        events.saturations += datapath.takeSaturations();
    }

    private void loadBias(int one) {
        if (image.biasColumn()) {
            array.detector().loadLive(image.matrix().numColumns() - 1, one);
        }
    }

    @Override
    public PreparedProduct fork() {
        return new ClockedProduct(image, config, arithmetic, observer);
    }
}
