package org.eiesim.simulator.functional;

import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductCheck;
import org.eiesim.simulator.machine.ProductImage;

/**
 * Computes {@code accumulator[i] += codebook[code(i, j)] * input[j]} over the live inputs {@code j} in ascending order,
 * then the bias column, and has no clock. The reference for the outputs of every other engine, bit for bit.
 *
 * <p>Of the event record it fills what needs no clock: products, broadcasts, weight-row reads, accumulates, padding
 * entries, empty columns and saturations. Cycles and everything counted in cycles stay 0.
 */
public final class FunctionalEngine implements Engine {
    @Override
    public PreparedProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
        ProductCheck.requireRunnable(image, config);
        return new FunctionalProduct(image, config, arithmetic);
    }
}
