package org.eiesim.models.network;

import java.util.Map;

/** Computes the value of one node for one sample. One case per kind of node, in one table. */
final class NodeEvaluation {
    private static final NodeSwitch<Values, float[]> TABLE = NodeSwitch.<Values, float[]>builder()
            .on(Node.Dense.class, NodeEvaluation::dense)
            .on(Node.Convolution.class, (node, values) -> refuse(node, "convolution"))
            .on(Node.Pooling.class, (node, values) -> refuse(node, "pooling"))
            .on(Node.Recurrent.class, (node, values) -> refuse(node, "recurrent"))
            .on(Node.Activation.class, NodeEvaluation::activation)
            .on(Node.Softmax.class, NodeEvaluation::softmax)
            .on(Node.Flatten.class, (node, values) -> values.of(node.input()))
            .on(Node.Reshape.class, (node, values) -> values.of(node.input()))
            .on(Node.Add.class, NodeEvaluation::add)
            .on(Node.Dropout.class, (node, values) -> values.of(node.input()))
            .build();

    private NodeEvaluation() {}

    /** What has been computed so far, and the shapes of all values. */
    private record Values(Map<String, float[]> values, Map<String, Shape> shapes) {
        float[] of(String value) {
            return require(values, value);
        }

        Shape shapeOf(String value) {
            return require(shapes, value);
        }
    }

    /**
     * Computes a node's value.
     *
     * @param node the node
     * @param values the values it reads, by name; not changed
     * @param shapes the shapes of all values
     * @return its value; shares the array of its input where nothing changes
     */
    static float[] evaluate(Node node, Map<String, float[]> values, Map<String, Shape> shapes) {
        return TABLE.apply(node, new Values(values, shapes));
    }

    /**
     * Looks up what the checks of the network guarantee to be there.
     *
     * @param map values or shapes by name
     * @param name a value of the network
     * @return what it maps to
     */
    static <T> T require(Map<String, T> map, String name) {
        T found = map.get(name);
        if (found == null) {
            throw new IllegalStateException("no value named " + name);
        }
        return found;
    }

    private static float[] dense(Node.Dense node, Values values) {
        float[] input = values.of(node.input());
        int numOutputs = node.weight().shape().extent(0);
        int numInputs = node.weight().shape().extent(1);
        int numRows = values.shapeOf(node.name()).size() / Math.max(1, numOutputs);
        float[] output = new float[numRows * numOutputs];
        Tensor bias = node.bias();
        for (int row = 0; row < numRows; row++) {
            if (bias != null) {
                System.arraycopy(bias.values(), 0, output, row * numOutputs, numOutputs);
            }
            DenseSum.accumulate(
                    node.weight().values(), numOutputs, numInputs, input, row * numInputs, output, row * numOutputs);
        }
        return output;
    }

    private static float[] activation(Node.Activation node, Values values) {
        float[] output = values.of(node.input()).clone();
        for (int i = 0; i < output.length; i++) {
            output[i] = switch (node.function()) {
                case RELU -> Math.max(0f, output[i]);
                case SIGMOID -> (float) (1 / (1 + Math.exp(-output[i])));
                case TANH -> (float) Math.tanh(output[i]);
            };
        }
        return output;
    }

    private static float[] softmax(Node.Softmax node, Values values) {
        float[] output = values.of(node.input()).clone();
        Shape shape = values.shapeOf(node.name());
        int length = shape.extent(shape.rank() - 1);
        for (int start = 0; start < output.length; start += length) {
            softmax(output, start, length);
        }
        return output;
    }

    private static void softmax(float[] values, int start, int length) {
        float maximum = Float.NEGATIVE_INFINITY;
        for (int i = start; i < start + length; i++) {
            maximum = Math.max(maximum, values[i]);
        }
        double sum = 0;
        double[] exponentials = new double[length];
        for (int i = 0; i < length; i++) {
            exponentials[i] = Math.exp((double) values[start + i] - maximum);
            sum += exponentials[i];
        }
        for (int i = 0; i < length; i++) {
            values[start + i] = (float) (exponentials[i] / sum);
        }
    }

    private static float[] add(Node.Add node, Values values) {
        float[] output = values.of(node.left()).clone();
        float[] right = values.of(node.right());
        for (int i = 0; i < output.length; i++) {
            output[i] += right[i];
        }
        return output;
    }

    private static float[] refuse(Node node, String kind) {
        throw new IllegalArgumentException("node " + node.name() + ": a " + kind + " node cannot be executed");
    }
}
