package org.eiesim.models.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a network in float32, one sample at a time, in one fixed order of operations: the float ground truth that
 * training, compressed files and simulated machines are held against. Immutable; one executor may serve many threads.
 *
 * <p>A dense output (likewise each of a convolution, its inputs in the order channel, kernel row, kernel column, and
 * each gate sum of a recurrent cell, the step's inputs before the hidden state) starts at its bias (or 0) and adds {@code weight * x}, each rounded to float32, in the order of the
 * inputs. A machine that preloads biases and skips zeros adds the same terms in the same order.
 */
public final class ReferenceExecutor {
    private final Network network;
    private final Map<String, Shape> shapes;

    /**
     * Prepares a network.
     *
     * @param network the network
     * @throws IllegalArgumentException if its shapes do not fit together; the message names the node
     */
    public ReferenceExecutor(Network network) {
        this.network = network;
        this.shapes = ShapeInference.infer(network);
    }

    /**
     * Returns the shape of every value.
     *
     * @return an unmodifiable map, inputs first, then nodes
     */
    public Map<String, Shape> shapes() {
        return shapes;
    }

    /**
     * Returns the shape of one value.
     *
     * @param value an input or a node
     * @return its shape
     * @throws IllegalArgumentException if the network has no such value
     */
    public Shape shapeOf(String value) {
        Shape shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalArgumentException("network " + network.name() + " has no value " + value);
        }
        return shape;
    }

    /**
     * Runs a network that has one input and one output.
     *
     * @param input one sample in C order; only read
     * @return the output; it may be {@code input} itself where no node changes the values
     * @throws IllegalArgumentException if the network has several inputs or outputs, the length differs from the
     *     input's size, or a value is NaN or infinite
     */
    public float[] run(float[] input) {
        if (network.inputs().size() != 1 || network.outputs().size() != 1) {
            throw new IllegalArgumentException(
                    "network " + network.name() + " has " + network.inputs().size() + " inputs and "
                            + network.outputs().size() + " outputs, not one of each");
        }
        Map<String, float[]> values = runAll(Map.of(network.inputs().get(0).name(), input));
        return new NodeEvaluation.Values(values, shapes).of(network.outputs().get(0));
    }

    /**
     * Runs the network and keeps everything it computes.
     *
     * @param inputs one sample for every network input, in C order; only read
     * @return all values by name, inputs first; values that a node passes on unchanged share one array, so treat all as
     *     read-only
     * @throws IllegalArgumentException if an input is missing or unknown, has the wrong length, or holds NaN or an
     *     infinite value
     */
    public Map<String, float[]> runAll(Map<String, float[]> inputs) {
        for (Network.Input input : network.inputs()) {
            float[] sample = inputs.get(input.name());
            if (sample != null) {
                requireFinite(input, sample);
            }
        }
        return runAny(inputs);
    }

    /**
     * Runs the network as {@link #runAll} does, on inputs that may hold NaN and infinite values.
     *
     * @param inputs one sample for every network input, in C order; only read
     * @return all values by name, as for {@link #runAll}
     * @throws IllegalArgumentException if an input is missing or unknown, or has the wrong length
     */
    public Map<String, float[]> runAny(Map<String, float[]> inputs) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Network.Input input : network.inputs()) {
            float[] sample = inputs.get(input.name());
            if (sample == null) {
                throw new IllegalArgumentException("input " + input.name() + " is missing; given: " + inputs.keySet());
            }
            requireLength(input, sample);
            values.put(input.name(), sample);
        }
        if (inputs.size() != network.inputs().size()) {
            throw new IllegalArgumentException(
                    "inputs " + inputs.keySet() + " are given, but the network reads " + values.keySet());
        }
        for (Node node : network.nodes()) {
            values.put(node.name(), NodeEvaluation.evaluate(node, new NodeEvaluation.Values(values, shapes)));
        }
        return Collections.unmodifiableMap(values);
    }

    private static void requireLength(Network.Input input, float[] sample) {
        if (sample.length != input.shape().size()) {
            throw new IllegalArgumentException("input " + input.name() + " takes "
                    + input.shape().size() + " values (" + input.shape() + "), not " + sample.length);
        }
    }

    private static void requireFinite(Network.Input input, float[] sample) {
        for (int i = 0; i < sample.length; i++) {
            if (!Float.isFinite(sample[i])) {
                throw new IllegalArgumentException(
                        "input " + input.name() + " holds " + sample[i] + " at position " + i);
            }
        }
    }
}
