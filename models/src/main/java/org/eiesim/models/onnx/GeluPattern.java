package org.eiesim.models.onnx;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * GELU spelled out: {@code x / 2 * (1 + erf(x / sqrt(2)))}, or {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))}.
 *
 * <p>Sums and products may stand in any order, since both the whole and the function's argument are compared as polynomials.
 */
final class GeluPattern {
    /** Nodes between the operation and its value: more than any order of factors needs. */
    private static final int MAX_DEPTH = 8;

    /** How far a constant that no float equals may lie from it. */
    private static final double TOLERANCE = 1e-6;

    private static final double CUBIC = 0.044715;
    private static final double CUBIC_TOLERANCE = 1e-7;
    private static final double[] HALF = {0, 0.5, 0, 0};

    private final ValueGraph graph;
    private final String variable;
    private final Node.Activation gate;
    private final Set<String> inner = new TreeSet<>();

    private GeluPattern(ValueGraph graph, String variable, Node.Activation gate) {
        this.graph = graph;
        this.variable = variable;
        this.gate = gate;
    }

    /**
     * Folds the operation that ends with a node, if that is the end of one.
     *
     * @param graph the graph
     * @param root the node
     */
    static void fold(ValueGraph graph, Node.Arithmetic root) {
        for (String value : reachable(graph, root.name())) {
            if (graph.producer(value) instanceof Node.Activation gate && isGate(gate)) {
                for (String variable : reachable(graph, gate.input())) {
                    if (new GeluPattern(graph, variable, gate).fold(root)) {
                        return;
                    }
                }
            }
        }
    }

    private static boolean isGate(Node.Activation node) {
        return node.function() == ActivationFunction.ERF || node.function() == ActivationFunction.TANH;
    }

    /** Collects a value and those it is computed from by arithmetic alone. */
    private static Set<String> reachable(ValueGraph graph, String value) {
        Set<String> reached = new LinkedHashSet<>();
        collect(graph, value, MAX_DEPTH, reached);
        return reached;
    }

    private static void collect(ValueGraph graph, String value, int depth, Set<String> reached) {
        if (graph.constant(value) != null || !reached.add(value) || depth == 0) {
            return;
        }
        if (graph.producer(value) instanceof Node.Arithmetic node) {
            collect(graph, node.left(), depth - 1, reached);
            collect(graph, node.right(), depth - 1, reached);
        }
    }

    private boolean fold(Node.Arithmetic root) {
        if (!graph.shape(root.name()).equals(graph.shape(variable))) {
            return false;
        }
        GatedPolynomial whole = expand(root.name(), MAX_DEPTH);
        GatedPolynomial argument = expand(gate.input(), MAX_DEPTH);
        if (whole == null || argument == null || !whole.is(HALF, HALF) || !isArgument(argument)) {
            return false;
        }
        ActivationFunction function =
                gate.function() == ActivationFunction.ERF ? ActivationFunction.GELU : ActivationFunction.GELU_TANH;
        inner.remove(root.name());
        inner.remove(variable);
        return graph.replace(new Node.Activation(root.name(), variable, function), inner);
    }

    private boolean isArgument(GatedPolynomial argument) {
        double slope = argument.plain(1);
        if (!argument.isUngated() || argument.plain(0) != 0 || argument.plain(2) != 0) {
            return false;
        }
        return gate.function() == ActivationFunction.ERF
                ? Math.abs(1 / slope - Math.sqrt(2)) <= TOLERANCE && argument.plain(3) == 0
                : Math.abs(slope - Math.sqrt(2 / Math.PI)) <= TOLERANCE
                        && Math.abs(argument.plain(3) / slope - CUBIC) <= CUBIC_TOLERANCE;
    }

    private @Nullable GatedPolynomial expand(String value, int depth) {
        if (value.equals(variable)) {
            return GatedPolynomial.variable();
        }
        if (value.equals(gate.name())) {
            inner.add(value);
            return GatedPolynomial.gate();
        }
        Double number = graph.scalar(value);
        if (number != null) {
            return GatedPolynomial.constant(number);
        }
        if (depth == 0 || !(graph.producer(value) instanceof Node.Arithmetic node)) {
            return null;
        }
        inner.add(value);
        GatedPolynomial left = expand(node.left(), depth - 1);
        GatedPolynomial right = expand(node.right(), depth - 1);
        if (left == null || right == null) {
            return null;
        }
        return switch (node.operator()) {
            case ADD -> left.plus(right, 1);
            case SUBTRACT -> left.plus(right, -1);
            case MULTIPLY -> left.times(right);
            case DIVIDE -> left.dividedBy(right);
            case POWER -> left.power(right);
            default -> null;
        };
    }
}
