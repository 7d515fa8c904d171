package org.eiesim.models.network;

import java.util.Map;
import org.eiesim.kernels.linalg.DenseProduct;
import org.eiesim.kernels.nn.Activations;
import org.eiesim.kernels.nn.Im2Col;
import org.eiesim.kernels.nn.Pooling;
import org.eiesim.kernels.nn.SlidingWindow;
import org.jspecify.annotations.Nullable;

/** Computes the value of one node for one sample. One case per kind of node, in one table. */
final class NodeEvaluation {
    private static final NodeSwitch<Values, float[]> TABLE = NodeSwitch.<Values, float[]>builder()
            .on(Node.Dense.class, NodeEvaluation::dense)
            .on(Node.Convolution.class, NodeEvaluation::convolution)
            .on(Node.Pooling.class, NodeEvaluation::pooling)
            .on(Node.Recurrent.class, RecurrentEvaluation::run)
            .on(Node.Activation.class, NodeEvaluation::activation)
            .on(Node.Softmax.class, NodeEvaluation::softmax)
            .on(Node.Flatten.class, (node, values) -> values.of(node.input()))
            .on(Node.Reshape.class, (node, values) -> values.of(node.input()))
            .on(Node.Arithmetic.class, TensorEvaluation::arithmetic)
            .on(Node.Dropout.class, (node, values) -> values.of(node.input()))
            .on(TensorNode.Constant.class, (node, values) -> node.value().values())
            .on(TensorNode.Embedding.class, TensorEvaluation::embedding)
            .on(TensorNode.Select.class, TensorEvaluation::select)
            .on(TensorNode.MatrixProduct.class, TensorEvaluation::matrixProduct)
            .on(TensorNode.Reduction.class, TensorEvaluation::reduction)
            .on(TensorNode.Concat.class, TensorEvaluation::concat)
            .on(TensorNode.Slice.class, TensorEvaluation::slice)
            .on(TensorNode.Gather.class, TensorEvaluation::gather)
            .on(TensorNode.Transpose.class, TensorEvaluation::transpose)
            .on(NormalizationNode.Batch.class, TensorEvaluation::batchNormalization)
            .on(NormalizationNode.Layer.class, TensorEvaluation::layerNormalization)
            .on(NormalizationNode.LocalResponse.class, TensorEvaluation::localResponse)
            .build();

    private NodeEvaluation() {}

    /**
     * What has been computed so far.
     *
     * @param values values by name
     * @param shapes the shapes of all values
     */
    record Values(Map<String, float[]> values, Map<String, Shape> shapes) {
        /** Returns a value; the checks of the network guarantee that it is there. */
        float[] of(String value) {
            return require(values, value);
        }

        /** Returns the shape of a value. */
        Shape shapeOf(String value) {
            return require(shapes, value);
        }

        private static <T> T require(Map<String, T> map, String name) {
            T found = map.get(name);
            if (found == null) {
                throw new IllegalStateException("no value named " + name);
            }
            return found;
        }
    }

    /**
     * Computes a node's value.
     *
     * @param node the node
     * @param values the values it reads; not changed
     * @return its value; shares the array of its input where nothing changes
     */
    static float[] evaluate(Node node, Values values) {
        return TABLE.apply(node, values);
    }

    private static float[] dense(Node.Dense node, Values values) {
        float[] input = values.of(node.input());
        int numOutputs = node.weight().shape().extent(0);
        int numInputs = node.weight().shape().extent(1);
        float[] output = new float[values.shapeOf(node.name()).size()];
        fillRows(output, numOutputs, node.bias());
        for (int row = 0; row * numOutputs < output.length; row++) {
            DenseProduct.multiplyAdd(
                    node.weight().values(), 0, numOutputs, numInputs, input, row * numInputs, output, row * numOutputs);
        }
        return output;
    }

    private static float[] convolution(Node.Convolution node, Values values) {
        float[] input = values.of(node.input());
        SlidingWindow window = windows(node.window(), values.shapeOf(node.input()), false);
        Shape weight = node.weight().shape();
        int groupChannels = weight.extent(1);
        int groupOutputs = weight.extent(0) / node.groups();
        int numTerms = groupChannels * window.numTaps();
        int numPositions = window.numOutputs();
        float[] columns = new float[Math.multiplyExact(numTerms, numPositions)];
        float[] output = new float[values.shapeOf(node.name()).size()];
        fillPlanes(output, numPositions, node.bias());
        for (int group = 0; group < node.groups(); group++) {
            Im2Col.columns(input, group * groupChannels, groupChannels, window, columns);
            DenseProduct.multiplyMatrixAdd(
                    node.weight().values(),
                    group * groupOutputs * numTerms,
                    groupOutputs,
                    numTerms,
                    columns,
                    0,
                    numPositions,
                    output,
                    group * groupOutputs * numPositions);
        }
        return output;
    }

    private static float[] pooling(Node.Pooling node, Values values) {
        float[] input = values.of(node.input());
        Shape shape = values.shapeOf(node.input());
        SlidingWindow window = windows(node.window(), shape, node.roundUp());
        float[] output = new float[values.shapeOf(node.name()).size()];
        switch (node.kind()) {
            case MAXIMUM -> Pooling.maximum(input, shape.extent(0), window, output);
            case AVERAGE -> Pooling.average(input, shape.extent(0), window, node.countPadding(), output);
        }
        return output;
    }

    private static SlidingWindow windows(Window window, Shape image, boolean roundUp) {
        return window.over(image.extent(1), image.extent(2), roundUp);
    }

    private static float[] activation(Node.Activation node, Values values) {
        float[] output = values.of(node.input()).clone();
        ActivationEvaluation.apply(node.function(), node.coefficients(), output);
        return output;
    }

    private static float[] softmax(Node.Softmax node, Values values) {
        float[] output = values.of(node.input()).clone();
        Shape shape = values.shapeOf(node.name());
        int length = shape.extent(shape.rank() - 1);
        for (int start = 0; start < output.length; start += length) {
            Activations.softmax(output, start, length);
        }
        return output;
    }

    private static void fillRows(float[] output, int numOutputs, @Nullable Tensor bias) {
        for (int start = 0; bias != null && start < output.length; start += numOutputs) {
            System.arraycopy(bias.values(), 0, output, start, numOutputs);
        }
    }

    private static void fillPlanes(float[] output, int numPositions, @Nullable Tensor bias) {
        for (int at = 0; bias != null && at < output.length; at++) {
            output[at] = bias.values()[at / numPositions];
        }
    }
}
