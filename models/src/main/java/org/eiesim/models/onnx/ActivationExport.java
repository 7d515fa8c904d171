package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.number;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Locale;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Writes activation functions; those that operator set 13 lacks are written as what they are made of. */
final class ActivationExport {
    private ActivationExport() {}

    /**
     * Writes an activation function.
     *
     * @param node the node
     * @param graph the graph it goes to
     */
    static void write(Node.Activation node, GraphExport graph) {
        String x = node.input();
        switch (node.function()) {
            case RELU -> graph.add("Relu", node.name(), node.inputs());
            case SIGMOID -> graph.add("Sigmoid", node.name(), node.inputs());
            case TANH -> graph.add("Tanh", node.name(), node.inputs());
            case ERF -> graph.add("Erf", node.name(), node.inputs());
            case EXP -> graph.add("Exp", node.name(), node.inputs());
            case LOG -> graph.add("Log", node.name(), node.inputs());
            case SQRT -> graph.add("Sqrt", node.name(), node.inputs());
            case CLIP ->
                graph.add(
                        "Clip",
                        node.name(),
                        List.of(
                                x,
                                scalar(node, "min", node.coefficients().get(0), graph),
                                scalar(node, "max", node.coefficients().get(1), graph)));
            case LEAKY_RELU ->
                graph.add(
                        "LeakyRelu",
                        node.name(),
                        node.inputs(),
                        number("alpha", node.coefficients().get(0)));
            case ELU ->
                graph.add(
                        "Elu",
                        node.name(),
                        node.inputs(),
                        number("alpha", node.coefficients().get(0)));
            case HARD_SIGMOID ->
                graph.add(
                        "HardSigmoid",
                        node.name(),
                        node.inputs(),
                        number("alpha", node.coefficients().get(0)),
                        number("beta", node.coefficients().get(1)));
            case HARD_SWISH -> {
                String gate = graph.take(node.name() + ".gate");
                graph.add("HardSigmoid", gate, List.of(x), number("alpha", 1f / 6), number("beta", 0.5f));
                graph.add("Mul", node.name(), List.of(x, gate));
            }
            case GELU -> {
                String scaled = step("Mul", node, "scaled", x, (float) Math.sqrt(0.5), graph);
                String erf = graph.take(node.name() + ".erf");
                graph.add("Erf", erf, List.of(scaled));
                gated(node, erf, graph);
            }
            case GELU_TANH -> {
                String square = graph.take(node.name() + ".square");
                graph.add("Mul", square, List.of(x, x));
                String cubic = step("Mul", node, "cubic", square, 0.044715f, graph);
                String factor = step("Add", node, "factor", cubic, 1, graph);
                String inner = graph.take(node.name() + ".inner");
                graph.add("Mul", inner, List.of(x, factor));
                String scaled = step("Mul", node, "scaled", inner, (float) Math.sqrt(2 / Math.PI), graph);
                String tanh = graph.take(node.name() + ".tanh");
                graph.add("Tanh", tanh, List.of(scaled));
                gated(node, tanh, graph);
            }
            case TRUNCATE -> {
                String whole = graph.take(node.name() + ".whole");
                graph.add("Cast", whole, List.of(x), integer("to", DataType.INT64_VALUE));
                graph.add("Cast", node.name(), List.of(whole), integer("to", DataType.FLOAT_VALUE));
            }
            // Functions that only the host computes are named as ONNX names them.
            default -> graph.add(named(node.function()), node.name(), node.inputs());
        }
    }

    private static String named(ActivationFunction function) {
        return function.name().charAt(0) + function.name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** Writes {@code x / 2 * (1 + gate)}. */
    private static void gated(Node.Activation node, String gate, GraphExport graph) {
        String raised = step("Add", node, "raised", gate, 1, graph);
        String half = step("Mul", node, "half", node.input(), 0.5f, graph);
        graph.add("Mul", node.name(), List.of(half, raised));
    }

    private static String step(
            String operator, Node.Activation node, String suffix, String value, float constant, GraphExport graph) {
        String output = graph.take(node.name() + "." + suffix);
        graph.add(operator, output, List.of(value, scalar(node, suffix + ".constant", constant, graph)));
        return output;
    }

    private static String scalar(Node.Activation node, String suffix, float value, GraphExport graph) {
        return graph.constant(node.name() + "." + suffix, new Tensor(Shape.of(), new float[] {value}));
    }
}
