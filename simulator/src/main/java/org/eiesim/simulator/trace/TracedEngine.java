package org.eiesim.simulator.trace;

import java.util.Set;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.clocked.CycleObserver;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.element.Numbers;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductImage;

/** The exact engine, but for one product of one layer, which is ticked and observed. For one thread and one input. */
final class TracedEngine implements Engine {
    private final ExactEngine exact = new ExactEngine();
    private final Set<InterleavedCsc> tracedMatrices;
    private final int tracedProduct;
    private final CycleObserver observer;
    private int numProducts;

    /**
     * Makes an engine.
     *
     * @param tracedMatrices the matrices of the layer, by identity
     * @param tracedProduct which of the products with one of them is observed
     * @param observer watches it
     */
    TracedEngine(Set<InterleavedCsc> tracedMatrices, int tracedProduct, CycleObserver observer) {
        this.tracedMatrices = tracedMatrices;
        this.tracedProduct = tracedProduct;
        this.observer = observer;
    }

    /** Returns how many products with one of the matrices have run. */
    int numProducts() {
        return numProducts;
    }

    @Override
    public PreparedProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
        PreparedProduct quick = exact.prepare(image, config, arithmetic);
        return tracedMatrices.contains(image.matrix()) ? new CountedProduct(quick, image, config, arithmetic) : quick;
    }

    /** A product that may be the observed one when its turn comes. */
    private final class CountedProduct implements PreparedProduct {
        private final PreparedProduct quick;
        private final ProductImage image;
        private final MachineConfig config;
        private final Arithmetic arithmetic;

        private CountedProduct(PreparedProduct quick, ProductImage image, MachineConfig config, Arithmetic arithmetic) {
            this.quick = quick;
            this.image = image;
            this.config = config;
            this.arithmetic = arithmetic;
        }

        @Override
        public void run(Numbers inputs, int offset, Numbers accumulators, EventRecord events) {
            next().run(inputs, offset, accumulators, events);
        }

        @Override
        public PreparedProduct fork() {
            return new CountedProduct(quick.fork(), image, config, arithmetic);
        }

        private PreparedProduct next() {
            return numProducts++ == tracedProduct
                    ? new ClockedEngine(observer).prepare(image, config, arithmetic)
                    : quick;
        }
    }
}
