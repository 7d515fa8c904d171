package org.eiesim.models.train;

import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;

/** Measures a network on labelled data, on the reference executor: plain Java, the same result on any machine. */
public final class Evaluator {
    private Evaluator() {}

    /**
     * Returns {@code correct / size}.
     *
     * @param network a network with one input and one output
     * @param dataset images of the input's size; at least one
     * @param threads how many threads share the images, at least 1; the result does not depend on it
     * @return the accuracy, 0..1
     * @throws IllegalArgumentException if network and dataset do not fit together, or there are no images or threads
     */
    public static double accuracy(Network network, Dataset dataset, int threads) {
        return (double) correct(network, dataset, threads) / dataset.size();
    }

    /**
     * Counts the images whose largest output is that of their class.
     *
     * @param network a network with one input and one output
     * @param dataset images of the input's size; at least one
     * @param threads how many threads share the images, at least 1; the result does not depend on it
     * @return the number of images classified correctly
     * @throws IllegalArgumentException if network and dataset do not fit together, or there are no images or threads
     */
    public static int correct(Network network, Dataset dataset, int threads) {
        ReferenceExecutor executor = new ReferenceExecutor(network);
        requireFit(network, executor, dataset);
        int[] predictions = new int[dataset.size()];
        Parallel.forRanges(dataset.size(), threads, (from, to) -> {
            for (int i = from; i < to; i++) {
                predictions[i] = argMax(executor.run(dataset.sample(i)));
            }
        });
        return (int) IntStream.range(0, predictions.length)
                .filter(i -> predictions[i] == dataset.label(i))
                .count();
    }

    /**
     * Returns the position of the largest value.
     *
     * @param values at least one value
     * @return the lowest position among equals
     */
    public static int argMax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    private static void requireFit(Network network, ReferenceExecutor executor, Dataset dataset) {
        if (dataset.size() == 0) {
            throw new IllegalArgumentException("dataset " + dataset.name() + " has no images");
        }
        List<Network.Input> inputs = network.inputs();
        if (inputs.size() != 1 || network.outputs().size() != 1) {
            throw new IllegalArgumentException("network " + network.name() + " has " + inputs.size() + " inputs and "
                    + network.outputs().size() + " outputs, not one of each");
        }
        Shape input = inputs.get(0).shape();
        if (input.size() != dataset.sampleShape().size()) {
            throw new IllegalArgumentException("network " + network.name() + " takes " + input + ", but dataset "
                    + dataset.name() + " has images of " + dataset.sampleShape());
        }
        Shape output = executor.shapeOf(network.outputs().get(0));
        if (output.size() < dataset.numClasses()) {
            throw new IllegalArgumentException("network " + network.name() + " yields " + output.size()
                    + " values, but dataset " + dataset.name() + " has " + dataset.numClasses() + " classes");
        }
    }
}
