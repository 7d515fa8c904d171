package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Tensor;

/** Element-wise operators on two values. A constant that is added to a product becomes its bias. */
final class ArithmeticOperators {
    private ArithmeticOperators() {}

    /** Returns the importer of an operator with any number of operands, computed ones before constants. */
    static OperatorImporter of(ArithmeticOperator operator) {
        return (node, graph) -> {
            node.requireInputs(1, Integer.MAX_VALUE);
            List<Operand> operands = new ArrayList<>();
            for (int i = 0; i < node.numInputs(); i++) {
                operands.add(node.operand(i));
            }
            if (operands.size() > 2) {
                operands.sort(Comparator.comparing(operand -> operand instanceof ConstantTensor));
            }
            Operand left = operands.get(0);
            for (Operand right : operands.subList(1, operands.size())) {
                left = combined(node, graph, operator, left, right);
            }
            graph.define(node, left);
        };
    }

    /** Imports Add. */
    static void add(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        for (int i = 0; i < 2; i++) {
            if (node.operand(i) instanceof ConstantTensor constant
                    && node.operand(1 - i) instanceof Operand.Computed value
                    && addBias(node, graph, value, node.inputName(1 - i), constant)) {
                return;
            }
        }
        apply(node, graph, ArithmeticOperator.ADD, node.operand(0), node.operand(1));
    }

    /** Gives the dense layer before it a bias, where nobody else reads the sum without that bias; tells whether it did. */
    private static boolean addBias(
            OnnxNode node, GraphImport graph, Operand.Computed value, String valueName, ConstantTensor constant)
            throws FormatException {
        if (!(graph.producer(value) instanceof Node.Dense dense)
                || dense.bias() != null
                || graph.numUses(valueName) != 1
                || !value.shape().equals(graph.shape(dense.name()))) {
            return false;
        }
        int numOutputs = dense.weight().shape().extent(0);
        if (!BiasOperand.fits(constant, numOutputs, value.onnxRank())) {
            return false;
        }
        Tensor bias = BiasOperand.spread(node, constant, numOutputs, value.onnxRank());
        graph.replace(new Node.Dense(dense.name(), dense.input(), dense.weight(), bias));
        graph.define(node, value);
        return true;
    }

    /** Applies an operation to two operands, of which at least one is computed, and defines the node's output. */
    static void apply(OnnxNode node, GraphImport graph, ArithmeticOperator operator, Operand left, Operand right)
            throws FormatException {
        graph.define(node, combined(node, graph, operator, left, right));
    }

    /** Applies an operation to two operands, of which at least one is computed. */
    static Operand.Computed combined(
            OnnxNode node, GraphImport graph, ArithmeticOperator operator, Operand left, Operand right)
            throws FormatException {
        SampleAlignment.Aligned aligned = SampleAlignment.of(node, graph, List.of(left, right));
        Node combined = new Node.Arithmetic(
                graph.name(node, null),
                operator,
                aligned.samples().get(0).value(),
                aligned.samples().get(1).value());
        return graph.append(combined, aligned.batchAxis());
    }

    /** Imports Neg: a product with -1. */
    static void negate(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        apply(node, graph, ArithmeticOperator.MULTIPLY, node.computed(0), scalar(node, -1));
    }

    /** Imports Reciprocal: a quotient of 1. */
    static void reciprocal(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        apply(node, graph, ArithmeticOperator.DIVIDE, scalar(node, 1), node.computed(0));
    }

    /** Imports Abs: the larger of a value and its negative. */
    static void absolute(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed negative =
                combined(node, graph, ArithmeticOperator.MULTIPLY, node.computed(0), scalar(node, -1));
        apply(node, graph, ArithmeticOperator.MAXIMUM, node.computed(0), negative);
    }

    /** Imports PRelu: {@code max(x, 0) + slope * min(x, 0)}. */
    static void prelu(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        Operand.Computed positive =
                combined(node, graph, ArithmeticOperator.MAXIMUM, node.computed(0), scalar(node, 0));
        Operand.Computed negative =
                combined(node, graph, ArithmeticOperator.MINIMUM, node.computed(0), scalar(node, 0));
        Operand.Computed scaled = combined(node, graph, ArithmeticOperator.MULTIPLY, negative, node.constant(1));
        apply(node, graph, ArithmeticOperator.ADD, positive, scaled);
    }

    /** Imports Div; a quotient of integers drops its fraction. */
    static void divide(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        ofType(node, graph, ArithmeticOperator.DIVIDE);
    }

    /** Imports Pow; a power of integers is one. */
    static void power(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        ofType(node, graph, ArithmeticOperator.POWER);
    }

    private static void ofType(OnnxNode node, GraphImport graph, ArithmeticOperator operator) throws FormatException {
        Operand.Computed result = combined(node, graph, operator, node.operand(0), node.operand(1));
        boolean isInteger = ElementTypes.isInteger(node.type(0));
        graph.define(node, isInteger ? CastOperator.truncated(node, graph, result) : result);
    }

    static ConstantTensor scalar(OnnxNode node, float value) {
        return ConstantTensor.of(node.output(), new int[0], new float[] {value});
    }
}
