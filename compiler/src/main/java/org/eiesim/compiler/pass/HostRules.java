package org.eiesim.compiler.pass;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.PlaneAttributes;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;

/** Nodes that become work of the host. */
final class HostRules {
    private HostRules() {}

    static void softmax(Node.Softmax node, Rewrite rewrite) {
        Shape shape = rewrite.shape(node.name());
        int length = shape.extent(shape.rank() - 1);
        rewrite.host(HostKind.SOFTMAX, List.of(node.input()), Map.of("axis_length", length));
    }

    /** Returns why the function cannot be lowered, or an empty text. */
    static String activation(Node.Activation node, Rewrite rewrite) {
        ActivationCode code = code(node.function());
        if (code == ActivationCode.NONE) {
            return "the activation function " + node.function() + " cannot be lowered yet";
        }
        rewrite.host(HostKind.ACTIVATION, List.of(node.input()), Map.of("function", code.code()));
        return "";
    }

    private static ActivationCode code(ActivationFunction function) {
        return switch (function) {
            case RELU -> ActivationCode.RELU;
            case SIGMOID -> ActivationCode.SIGMOID;
            case TANH -> ActivationCode.TANH;
            default -> ActivationCode.NONE;
        };
    }

    /** Returns why the operation cannot be lowered, or an empty text. */
    static String arithmetic(Node.Arithmetic node, Rewrite rewrite) {
        if (node.operator() != ArithmeticOperator.ADD
                || !rewrite.shape(node.left()).equals(rewrite.shape(node.right()))) {
            return node.operator() + " of " + rewrite.shape(node.left()) + " and " + rewrite.shape(node.right())
                    + " cannot be lowered yet";
        }
        rewrite.host(HostKind.ADD, List.of(node.left(), node.right()), Map.of());
        return "";
    }

    static void pooling(Node.Pooling node, Rewrite rewrite) {
        Shape shape = rewrite.shape(node.input());
        Map<String, Integer> attributes = new TreeMap<>();
        PlaneAttributes.put(
                shape.extent(0), node.window().over(shape.extent(1), shape.extent(2), node.roundUp()), attributes);
        attributes.put(PlaneAttributes.ROUND_UP, node.roundUp() ? 1 : 0);
        HostKind kind = switch (node.kind()) {
            case MAXIMUM -> HostKind.MAXIMUM_POOL;
            case AVERAGE -> HostKind.AVERAGE_POOL;
        };
        if (kind == HostKind.AVERAGE_POOL) {
            attributes.put("count_padding", node.countPadding() ? 1 : 0);
        }
        rewrite.host(kind, List.of(node.input()), attributes);
    }
}
