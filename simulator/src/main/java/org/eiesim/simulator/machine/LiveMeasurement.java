package org.eiesim.simulator.machine;

import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.compiler.target.LiveProfile;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.element.Numbers;

/** Measures how often the inputs of every layer are live: runs a program in float32 over sample inputs and counts. */
public final class LiveMeasurement {
    private LiveMeasurement() {}

    /**
     * Measures a program.
     *
     * @param program the program
     * @param config the machine
     * @param engine computes the products
     * @param inputs {@code [numInputs][program.inputLength()]} finite sample inputs; not changed
     * @param numInputs how many
     * @param numThreads threads; the result does not depend on it
     * @param progress is told after each input how many are done
     * @return for each layer the share of its vectors in which each of its inputs was live
     * @throws IllegalArgumentException as {@link ProgramMachine#run(float[], int, int, IntConsumer)}
     */
    public static LiveProfile measure(
            Program program,
            MachineConfig config,
            Engine engine,
            float[] inputs,
            int numInputs,
            int numThreads,
            IntConsumer progress) {
        CountingEngine counting = new CountingEngine(engine);
        new ProgramMachine(program, config, counting, Numeric.FLOAT32).run(inputs, numInputs, numThreads, progress);
        IdentityHashMap<InterleavedCsc, WeightImage> images = new IdentityHashMap<>();
        program.images().forEach(image -> images.put(image.matrix(), image));
        Map<Integer, long[]> live = new HashMap<>();
        Map<Integer, long[]> all = new HashMap<>();
        for (CountingEngine.Product product : counting.products) {
            WeightImage image = images.get(product.image.matrix());
            if (image == null) {
                continue;
            }
            int end = image.firstColumn() + image.numInputs();
            long[] counts = live.merge(image.layer(), new long[end], LiveMeasurement::longer);
            long[] runs = all.merge(image.layer(), new long[end], LiveMeasurement::longer);
            for (int column = 0; column < image.numInputs(); column++) {
                counts[image.firstColumn() + column] += product.live[column];
                runs[image.firstColumn() + column] += product.runs;
            }
        }
        Map<String, double[]> shares = new HashMap<>();
        live.forEach((layer, counts) -> {
            long[] runs = all.getOrDefault(layer, new long[counts.length]);
            double[] share = new double[counts.length];
            for (int i = 0; i < share.length; i++) {
                share[i] = runs[i] == 0 ? 0 : (double) counts[i] / runs[i];
            }
            shares.put(program.layers().get(layer).name(), share);
        });
        return new LiveProfile(shares);
    }

    /** Adds the shorter of two counts to the longer. */
    private static long[] longer(long[] a, long[] b) {
        long[] longer = a.length >= b.length ? a : b;
        long[] shorter = a.length >= b.length ? b : a;
        for (int i = 0; i < shorter.length; i++) {
            longer[i] += shorter[i];
        }
        return longer;
    }

    /** Computes as another engine and counts live inputs. */
    private static final class CountingEngine implements Engine {
        private final Engine engine;
        private final Collection<Product> products = new ConcurrentLinkedQueue<>();

        CountingEngine(Engine engine) {
            this.engine = engine;
        }

        @Override
        public PreparedProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
            PreparedProduct product = engine.prepare(image, config, arithmetic);
            return add(new Product(image, config.liveInputs(), product));
        }

        private Product add(Product product) {
            products.add(product);
            return product;
        }

        /** A product that counts. */
        private final class Product implements PreparedProduct {
            private final ProductImage image;
            private final LiveInputs liveInputs;
            private final PreparedProduct product;
            private final long[] live;
            private long runs;

            Product(ProductImage image, LiveInputs liveInputs, PreparedProduct product) {
                this.image = image;
                this.liveInputs = liveInputs;
                this.product = product;
                live = new long[image.numInputs()];
            }

            @Override
            public void run(Numbers inputs, int offset, Numbers accumulators, EventRecord events) {
                runs++;
                for (int i = 0; i < live.length; i++) {
                    live[i] += ProductCheck.isLive(inputs, offset + i, liveInputs) ? 1 : 0;
                }
                product.run(inputs, offset, accumulators, events);
            }

            @Override
            public PreparedProduct fork() {
                return add(new Product(image, liveInputs, product.fork()));
            }
        }
    }
}
