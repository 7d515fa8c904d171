package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NodeSwitch;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/** How each kind of node is written as ONNX. One case per kind, in one table. */
final class NodeExport {
    private static final NodeSwitch<GraphExport, GraphExport> TABLE = NodeSwitch.<GraphExport, GraphExport>builder()
            .on(Node.Dense.class, writing(NodeExport::dense))
            .on(Node.Convolution.class, writing(NodeExport::convolution))
            .on(Node.Pooling.class, writing(NodeExport::pooling))
            .on(Node.Recurrent.class, writing(RecurrentExport::write))
            .on(Node.Activation.class, writing(ActivationExport::write))
            .on(Node.Softmax.class, writing((node, graph) -> graph.add("Softmax", node.name(), node.inputs())))
            .on(Node.Flatten.class, writing((node, graph) -> graph.add("Flatten", node.name(), node.inputs())))
            .on(Node.Reshape.class, writing(NodeExport::reshape))
            .on(Node.Arithmetic.class, writing(TensorExport::arithmetic))
            .on(Node.Dropout.class, writing(NodeExport::dropout))
            .on(TensorNode.Constant.class, writing(TensorExport::constant))
            .on(TensorNode.Embedding.class, writing(TensorExport::embedding))
            .on(TensorNode.Select.class, writing(TensorExport::select))
            .on(TensorNode.MatrixProduct.class, writing(TensorExport::matrixProduct))
            .on(TensorNode.Reduction.class, writing(TensorExport::reduction))
            .on(TensorNode.Concat.class, writing(TensorExport::concat))
            .on(TensorNode.Slice.class, writing(TensorExport::slice))
            .on(TensorNode.Gather.class, writing(TensorExport::gather))
            .on(TensorNode.Transpose.class, writing(TensorExport::transpose))
            .on(NormalizationNode.Batch.class, writing(NormalizationExport::batch))
            .on(NormalizationNode.Layer.class, writing(NormalizationExport::layer))
            .on(NormalizationNode.LocalResponse.class, writing(NormalizationExport::localResponse))
            .build();

    private NodeExport() {}

    /** Writes one kind of node. */
    @FunctionalInterface
    private interface Writer<N extends Node> {
        void write(N node, GraphExport graph);
    }

    private static <N extends Node> NodeSwitch.Case<N, GraphExport, GraphExport> writing(Writer<N> writer) {
        return (node, graph) -> {
            writer.write(node, graph);
            return graph;
        };
    }

    /**
     * Writes a node.
     *
     * @param node the node
     * @param graph the graph it goes to
     */
    static void write(Node node, GraphExport graph) {
        TABLE.apply(node, graph);
    }

    /** Gemm takes values of two axes; those with more go through MatMul and Add. */
    private static void dense(Node.Dense node, GraphExport graph) {
        Tensor bias = node.bias();
        if (graph.shapeOf(node.input()).rank() == 1) {
            graph.add("Gemm", node.name(), withBias(node, node.weight(), bias, graph), integer("transB", 1));
            return;
        }
        String weight = graph.constant(node.name() + ".weight", transposed(node.weight()));
        if (bias == null) {
            graph.add("MatMul", node.name(), List.of(node.input(), weight));
            return;
        }
        String product = graph.take(node.name() + ".product");
        graph.addNamed("MatMul", node.name(), product, List.of(node.input(), weight));
        graph.addNamed(
                "Add",
                graph.take(node.name() + ".add"),
                node.name(),
                List.of(product, graph.constant(node.name() + ".bias", bias)));
    }

    private static void convolution(Node.Convolution node, GraphExport graph) {
        Window window = node.window();
        graph.add(
                "Conv",
                node.name(),
                withBias(node, node.weight(), node.bias(), graph),
                integers("dilations", window.dilationHeight(), window.dilationWidth()),
                integer("group", node.groups()),
                integers("kernel_shape", window.kernelHeight(), window.kernelWidth()),
                integers("pads", window.padTop(), window.padLeft(), window.padBottom(), window.padRight()),
                integers("strides", window.strideHeight(), window.strideWidth()));
    }

    private static void pooling(Node.Pooling node, GraphExport graph) {
        Window window = node.window();
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(integer("ceil_mode", node.roundUp() ? 1 : 0));
        if (node.kind() == Node.Pooling.Kind.AVERAGE) {
            attributes.add(integer("count_include_pad", node.countPadding() ? 1 : 0));
        }
        if (node.kind() != Node.Pooling.Kind.AVERAGE || window.dilationHeight() > 1 || window.dilationWidth() > 1) {
            attributes.add(integers("dilations", window.dilationHeight(), window.dilationWidth()));
        }
        attributes.add(integers("kernel_shape", window.kernelHeight(), window.kernelWidth()));
        attributes.add(integers("pads", window.padTop(), window.padLeft(), window.padBottom(), window.padRight()));
        attributes.add(integers("strides", window.strideHeight(), window.strideWidth()));
        graph.add(
                node.kind() == Node.Pooling.Kind.AVERAGE ? "AveragePool" : "MaxPool",
                node.name(),
                node.inputs(),
                attributes.toArray(new AttributeProto[0]));
    }

    private static void reshape(Node.Reshape node, GraphExport graph) {
        int[] extents = node.shape().toArray();
        long[] shape = new long[extents.length + 1];
        shape[0] = -1;
        for (int axis = 0; axis < extents.length; axis++) {
            shape[axis + 1] = extents[axis];
        }
        String constant = graph.constant(node.name() + ".shape", shape);
        graph.add("Reshape", node.name(), List.of(node.input(), constant));
    }

    private static void dropout(Node.Dropout node, GraphExport graph) {
        Tensor rate = new Tensor(Shape.of(), new float[] {(float) node.rate()});
        graph.add("Dropout", node.name(), List.of(node.input(), graph.constant(node.name() + ".ratio", rate)));
    }

    private static List<String> withBias(Node node, Tensor weight, @Nullable Tensor bias, GraphExport graph) {
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.add(graph.constant(node.name() + ".weight", weight));
        if (bias != null) {
            inputs.add(graph.constant(node.name() + ".bias", bias));
        }
        return inputs;
    }

    private static Tensor transposed(Tensor matrix) {
        int numRows = matrix.shape().extent(0);
        int numColumns = matrix.shape().extent(1);
        float[] values = new float[matrix.values().length];
        for (int row = 0; row < numRows; row++) {
            for (int column = 0; column < numColumns; column++) {
                values[column * numRows + row] = matrix.values()[row * numColumns + column];
            }
        }
        return new Tensor(Shape.of(numColumns, numRows), values);
    }
}
