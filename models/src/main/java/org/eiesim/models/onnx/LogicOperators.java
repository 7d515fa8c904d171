package org.eiesim.models.onnx;

import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.TensorNode;

/** Comparisons, operators on truth values, which are 0 and 1, and the choice they decide. */
final class LogicOperators {
    private LogicOperators() {}

    /** Returns the importer of an operator on two operands. */
    static OperatorImporter of(ArithmeticOperator operator) {
        return (node, graph) -> {
            node.requireInputs(2, 2);
            ArithmeticOperators.apply(node, graph, operator, node.operand(0), node.operand(1));
        };
    }

    /** Returns the importer of an operator that takes its operands the other way round. */
    static OperatorImporter swapped(ArithmeticOperator operator) {
        return (node, graph) -> {
            node.requireInputs(2, 2);
            ArithmeticOperators.apply(node, graph, operator, node.operand(1), node.operand(0));
        };
    }

    /** Imports Not. */
    static void not(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        negate(node, graph, node.computed(0));
    }

    private static void negate(OnnxNode node, GraphImport graph, Operand.Computed truth) throws FormatException {
        ArithmeticOperators.apply(node, graph, ArithmeticOperator.EQUAL, truth, ArithmeticOperators.scalar(node, 0));
    }

    /** Imports Xor: whether two truth values differ. */
    static void xor(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        negate(
                node,
                graph,
                ArithmeticOperators.combined(node, graph, ArithmeticOperator.EQUAL, node.operand(0), node.operand(1)));
    }

    /** Imports IsNaN: what differs from itself. */
    static void isNan(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed x = node.computed(0);
        negate(node, graph, ArithmeticOperators.combined(node, graph, ArithmeticOperator.EQUAL, x, x));
    }

    /** Imports IsInf, of either sign or one. */
    static void isInf(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed x = node.computed(0);
        float high = node.integer("detect_positive", 1) != 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        float low = node.integer("detect_negative", 1) != 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
        ArithmeticOperator equal = ArithmeticOperator.EQUAL;
        ArithmeticOperators.apply(
                node,
                graph,
                ArithmeticOperator.MAXIMUM,
                ArithmeticOperators.combined(node, graph, equal, x, ArithmeticOperators.scalar(node, high)),
                ArithmeticOperators.combined(node, graph, equal, x, ArithmeticOperators.scalar(node, low)));
    }

    /** Imports Mod: the remainder has the sign of the divisor, or with {@code fmod} that of the dividend. */
    static void mod(OnnxNode node, GraphImport graph) throws FormatException {
        boolean isC = node.integer("fmod", 0) != 0;
        of(isC ? ArithmeticOperator.REMAINDER : ArithmeticOperator.MODULO).accept(node, graph);
    }

    /** Imports Where. What is not taken leaves no trace, even where it is NaN. */
    static void where(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 3);
        SampleAlignment.Aligned aligned =
                SampleAlignment.of(node, graph, List.of(node.operand(0), node.operand(1), node.operand(2)));
        TensorNode.Select select = new TensorNode.Select(
                graph.name(node, null),
                aligned.samples().get(0).value(),
                aligned.samples().get(1).value(),
                aligned.samples().get(2).value());
        graph.add(node, select, aligned.batchAxis());
    }
}
