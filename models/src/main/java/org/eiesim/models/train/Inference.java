package org.eiesim.models.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;

/** Runs a network on many samples on the reference executor, whatever its inputs and outputs. */
public final class Inference {
    private Inference() {}

    /**
     * Runs a network.
     *
     * @param network the network
     * @param inputs for each of its inputs, in order, the samples; as many of each, only read
     * @param threads how many threads share the samples, at least 1; the result does not depend on it
     * @return for each of its outputs, in order, {@code [count][size]} values, sample after sample
     * @throws IllegalArgumentException if inputs are missing, have other sizes than the network's, or hold NaN or an
     *     infinite value
     */
    public static List<float[]> run(Network network, List<float[][]> inputs, int threads) {
        ReferenceExecutor executor = new ReferenceExecutor(network);
        if (inputs.size() != network.inputs().size()) {
            throw new IllegalArgumentException(inputs.size() + " inputs, but network " + network.name() + " has "
                    + network.inputs().size());
        }
        int count = inputs.get(0).length;
        for (float[][] input : inputs) {
            if (input.length != count) {
                throw new IllegalArgumentException(input.length + " samples of one input, " + count + " of another");
            }
        }
        List<float[]> outputs = new ArrayList<>();
        for (String output : network.outputs()) {
            outputs.add(
                    new float[Math.multiplyExact(count, executor.shapeOf(output).size())]);
        }
        Parallel.forRanges(count, threads, (from, to) -> {
            for (int sample = from; sample < to; sample++) {
                Map<String, float[]> feeds = new HashMap<>();
                for (int i = 0; i < inputs.size(); i++) {
                    feeds.put(network.inputs().get(i).name(), inputs.get(i)[sample]);
                }
                Map<String, float[]> values = executor.runAll(feeds);
                for (int i = 0; i < outputs.size(); i++) {
                    float[] result = values.get(network.outputs().get(i));
                    if (result != null) {
                        System.arraycopy(result, 0, outputs.get(i), sample * result.length, result.length);
                    }
                }
            }
        });
        return outputs;
    }
}
