package org.eiesim.studies.workload;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.element.Numbers;
import org.eiesim.simulator.exact.EntryCounts;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductCheck;
import org.eiesim.simulator.machine.ProductImage;

/**
 * Runs products on the exact engine and keeps which inputs were live in each run. A run on one thread prepares the products
 * in the order of the program's instructions.
 */
final class TracingEngine implements Engine {
    private final ExactEngine engine = new ExactEngine();
    private final List<Integer> places;
    /** Entries by their matrix: several instructions of a program may run the same. */
    private final IdentityHashMap<InterleavedCsc, EntryCounts> byMatrix = new IdentityHashMap<>();

    private final List<ProductTrace> products = new ArrayList<>();

    /** Takes the places of the products in the program's body, in its order. */
    TracingEngine(List<Integer> places) {
        this.places = places;
    }

    @Override
    public synchronized PreparedProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
        EntryCounts counts = byMatrix.computeIfAbsent(image.matrix(), matrix -> EntryCounts.of(image));
        ProductTrace trace = new ProductTrace(counts, new LiveSets(image.numInputs()), places.get(products.size()));
        products.add(trace);
        return new Product(engine.prepare(image, config, arithmetic), trace.liveSets(), config.liveInputs());
    }

    /** Returns the products in the order in which they were prepared. */
    List<ProductTrace> products() {
        return products;
    }

    private record Product(PreparedProduct product, LiveSets liveSets, LiveInputs rule) implements PreparedProduct {
        @Override
        public void run(Numbers inputs, int offset, Numbers accumulators, EventRecord events) {
            liveSets.append(i -> ProductCheck.isLive(inputs, offset + i, rule));
            product.run(inputs, offset, accumulators, events);
        }

        @Override
        public PreparedProduct fork() {
            return new Product(product.fork(), liveSets, rule);
        }
    }
}
