package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;
import static org.eiesim.models.onnx.GraphExport.number;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Writes normalisations. */
final class NormalizationExport {
    private NormalizationExport() {}

    static void batch(NormalizationNode.Batch node, GraphExport graph) {
        List<String> inputs = new ArrayList<>(node.inputs());
        node.parameters().forEach((role, tensor) -> inputs.add(graph.constant(node.name() + "." + role, tensor)));
        graph.add("BatchNormalization", node.name(), inputs, number("epsilon", (float) node.epsilon()));
    }

    /** Operator set 13 has no layer normalisation of its own. */
    static void layer(NormalizationNode.Layer node, GraphExport graph) {
        Shape run = run(node, graph.shapeOf(node.input()));
        long[] axes = LongStream.range(-run.rank(), 0).toArray();
        Tensor epsilon = new Tensor(Shape.of(), new float[] {(float) node.epsilon()});
        String mean = step("ReduceMean", node, "mean", graph, List.of(node.input()), integers("axes", axes));
        String centred = step("Sub", node, "centred", graph, List.of(node.input(), mean));
        String square = step("Mul", node, "square", graph, List.of(centred, centred));
        String variance = step("ReduceMean", node, "variance", graph, List.of(square), integers("axes", axes));
        List<String> summands = List.of(variance, graph.constant(node.name() + ".epsilon", epsilon));
        String raised = step("Add", node, "raised", graph, summands);
        String deviation = step("Sqrt", node, "deviation", graph, List.of(raised));
        String normal = step("Div", node, "normal", graph, List.of(centred, deviation));
        String scale = graph.constant(
                node.name() + ".scale", new Tensor(run, node.scale().values()));
        Tensor bias = node.bias();
        if (bias == null) {
            graph.add("Mul", node.name(), List.of(normal, scale));
            return;
        }
        String scaled = step("Mul", node, "scaled", graph, List.of(normal, scale));
        String shift = graph.constant(node.name() + ".bias", new Tensor(run, bias.values()));
        graph.add("Add", node.name(), List.of(scaled, shift));
    }

    /** The last axes, as many as the scale has elements. */
    private static Shape run(NormalizationNode.Layer node, Shape input) {
        int axis = input.rank() - 1;
        for (int size = input.extent(axis); size < node.scale().values().length; size *= input.extent(axis)) {
            axis--;
        }
        return Shape.of(Arrays.copyOfRange(input.toArray(), axis, input.rank()));
    }

    private static String step(
            String operator,
            NormalizationNode node,
            String suffix,
            GraphExport graph,
            List<String> inputs,
            AttributeProto... attributes) {
        String output = graph.take(node.name() + "." + suffix);
        graph.add(operator, output, inputs, attributes);
        return output;
    }

    static void localResponse(NormalizationNode.LocalResponse node, GraphExport graph) {
        graph.add(
                "LRN",
                node.name(),
                node.inputs(),
                integer("size", node.size()),
                number("alpha", (float) node.alpha()),
                number("beta", (float) node.beta()),
                number("bias", (float) node.bias()));
    }
}
