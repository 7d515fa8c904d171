package org.eiesim.simulator.machine;

import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;

/**
 * Runs matrix-vector products on the machine and counts what happens. Every engine yields the same record and the same
 * outputs, bit for bit.
 */
public interface Engine {
    /**
     * Prepares one product for many inputs.
     *
     * @param image the weights
     * @param config the machine; its PE count equals the image's
     * @param arithmetic the numbers to compute in
     * @return the prepared product
     */
    PreparedProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic);
}
