package org.eiesim.studies.workload;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.exact.EntryCounts;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.machine.Arithmetic;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductImage;

/** Runs products on the exact engine and keeps which inputs were live in each run. */
final class TracingEngine implements Engine {
    private final ExactEngine engine = new ExactEngine();
    /** Products by their matrix: several instructions of a program may run the same. */
    private final IdentityHashMap<InterleavedCsc, ProductTrace> byMatrix = new IdentityHashMap<>();

    private final List<ProductTrace> products = new ArrayList<>();

    @Override
    public synchronized PreparedProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
        ProductTrace trace = byMatrix.computeIfAbsent(image.matrix(), matrix -> {
            ProductTrace added = new ProductTrace(EntryCounts.of(image), new LiveSets(image.numInputs()));
            products.add(added);
            return added;
        });
        return new Product(engine.prepare(image, config, arithmetic), trace.liveSets(), config.liveInputs());
    }

    /** Returns the products in the order in which they were prepared. */
    List<ProductTrace> products() {
        return products;
    }

    private record Product(PreparedProduct product, LiveSets liveSets, LiveInputs rule) implements PreparedProduct {
        @Override
        public void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
            liveSets.append(i -> rule.isLive(inputs[offset + i]));
            product.run(inputs, offset, accumulators, events);
        }

        @Override
        public void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
            liveSets.append(i -> rule.isLive(inputs[offset + i]));
            product.run(inputs, offset, accumulators, events);
        }

        @Override
        public PreparedProduct fork() {
            return new Product(product.fork(), liveSets, rule);
        }
    }
}
