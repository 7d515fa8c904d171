package org.eiesim.simulator.machine;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eiesim.kernels.sparse.ColumnEntries;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.element.Numbers;

/** Computes products in float32, in stream order, and keeps the largest magnitudes of inputs and partial sums. */
final class CalibrationEngine implements Engine {
    private final Collection<Product> products = new ConcurrentLinkedQueue<>();

    @Override
    public PreparedProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
        return add(new Product(this, image, ColumnEntries.of(image.matrix()), config.liveInputs()));
    }

    private Product add(Product product) {
        products.add(product);
        return product;
    }

    /** Returns the products of all threads. */
    Collection<Product> products() {
        return products;
    }

    /** A product that watches its numbers. */
    static final class Product implements PreparedProduct {
        private static final int MAGNITUDE_BITS = 0x7FFF_FFFF;

        private final CalibrationEngine engine;
        private final ProductImage image;
        private final ColumnEntries entries;
        private final LiveInputs liveInputs;
        private final Magnitudes inputs = new Magnitudes();
        private float maxAccumulator;

        private Product(CalibrationEngine engine, ProductImage image, ColumnEntries entries, LiveInputs liveInputs) {
            this.engine = engine;
            this.image = image;
            this.entries = entries;
            this.liveInputs = liveInputs;
        }

        InterleavedCsc matrix() {
            return image.matrix();
        }

        /** Returns how large inputs were, the 1 of a bias column among them. */
        Magnitudes inputs() {
            return inputs;
        }

        /** Returns the largest magnitude an accumulator had at any time, its starting value included. */
        float maxAccumulator() {
            return maxAccumulator;
        }

        @Override
        public void run(Numbers numbers, int offset, Numbers sums, EventRecord events) {
            float[] values = numbers.floats();
            float[] accumulators = sums.floats();
            for (int row = 0; row < image.matrix().numRows(); row++) {
                maxAccumulator = Math.max(maxAccumulator, Math.abs(accumulators[row]));
            }
            int max = Float.floatToRawIntBits(maxAccumulator);
            for (int column = 0; column < image.numInputs(); column++) {
                float input = values[offset + column];
                inputs.add(input);
                if (liveInputs.isLive(input)) {
                    max = runColumn(column, input, accumulators, max);
                }
            }
            if (image.biasColumn()) {
                inputs.add(1);
                max = runColumn(image.matrix().numColumns() - 1, 1, accumulators, max);
            }
            maxAccumulator = Float.intBitsToFloat(max);
        }

        /** Adds a column; {@code maxMagnitudeBits} are the bits of a magnitude, which grow as it does. */
        private int runColumn(int column, float input, float[] accumulators, int maxMagnitudeBits) {
            int[] rows = entries.rows();
            byte[] codes = entries.codes();
            float[] codebook = image.codebook();
            int end = entries.starts()[column + 1];
            int max = maxMagnitudeBits;
            for (int entry = entries.starts()[column]; entry < end; entry++) {
                float sum = accumulators[rows[entry]] + codebook[codes[entry] & 0xFF] * input;
                accumulators[rows[entry]] = sum;
                max = Math.max(max, Float.floatToRawIntBits(sum) & MAGNITUDE_BITS);
            }
            return max;
        }

        @Override
        public PreparedProduct fork() {
            return engine.add(new Product(engine, image, entries, liveInputs));
        }
    }
}
