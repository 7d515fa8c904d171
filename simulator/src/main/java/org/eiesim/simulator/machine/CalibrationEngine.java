package org.eiesim.simulator.machine;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;

/** Computes products in float32, in stream order, and keeps the largest magnitudes of inputs and partial sums. */
final class CalibrationEngine implements Engine {
    private final Collection<Product> products = new ConcurrentLinkedQueue<>();

    @Override
    public PreparedProduct prepare(ProductImage image, MachineConfig config, Arithmetic arithmetic) {
        return add(new Product(this, image, config.liveInputs()));
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
        private final CalibrationEngine engine;
        private final ProductImage image;
        private final LiveInputs liveInputs;
        private final Magnitudes inputs = new Magnitudes();
        private float maxAccumulator;

        private Product(CalibrationEngine engine, ProductImage image, LiveInputs liveInputs) {
            this.engine = engine;
            this.image = image;
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
        public void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
            for (int row = 0; row < image.matrix().numRows(); row++) {
                maxAccumulator = Math.max(maxAccumulator, Math.abs(accumulators[row]));
            }
            for (int column = 0; column < image.numInputs(); column++) {
                float input = inputs[offset + column];
                this.inputs.add(input);
                if (liveInputs.isLive(input)) {
                    runColumn(column, input, accumulators);
                }
            }
            if (image.biasColumn()) {
                this.inputs.add(1);
                runColumn(image.matrix().numColumns() - 1, 1, accumulators);
            }
        }

        private void runColumn(int column, float input, float[] accumulators) {
            InterleavedCsc matrix = image.matrix();
            float[] codebook = image.codebook();
            int numPes = matrix.numPes();
            for (int pe = 0; pe < numPes; pe++) {
                byte[] codes = matrix.codes()[pe];
                short[] relativeIndices = matrix.relativeIndices()[pe];
                int end = matrix.columnStarts()[pe][column + 1];
                int localRow = -1;
                for (int entry = matrix.columnStarts()[pe][column]; entry < end; entry++) {
                    localRow += (relativeIndices[entry] & 0xFFFF) + 1;
                    if (codes[entry] != 0) {
                        int row = localRow * numPes + pe;
                        float sum = accumulators[row] + codebook[codes[entry] & 0xFF] * input;
                        accumulators[row] = sum;
                        maxAccumulator = Math.max(maxAccumulator, Math.abs(sum));
                    }
                }
            }
        }

        @Override
        public PreparedProduct fork() {
            return engine.add(new Product(engine, image, liveInputs));
        }

        @Override
        public void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
            throw new IllegalStateException("calibration runs in float32");
        }
    }
}
