package org.eiesim.simulator.clocked;

import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductCheck;
import org.eiesim.simulator.machine.ProductImage;
import org.jspecify.annotations.Nullable;

/**
 * Ticks the machine component by component. Every number of the event record is counted where it happens in the
 * hardware; none is computed from a formula.
 *
 * <p>Equals the EIE authors' simulator in outputs (float32, bit for bit), cycles, pointer reads and weight-row reads,
 * with its stop test repaired: a product ends when every column broadcast has left every pipeline.
 */
public final class ClockedEngine implements Engine {
    private final @Nullable CycleObserver observer;

    /** Makes an engine that nobody watches. */
    public ClockedEngine() {
        observer = null;
    }

    /**
     * Makes an engine whose every cycle is shown.
     *
     * @param observer called once per cycle of every product
     */
    public ClockedEngine(CycleObserver observer) {
        this.observer = observer;
    }

    @Override
    public PreparedProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
        ProductCheck.requireRunnable(image, config);
        return new ClockedProduct(image, config, arithmetic, observer);
    }
}
