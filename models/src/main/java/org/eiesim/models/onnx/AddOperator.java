package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Tensor;

/** Add: the sum of two computed values, or the bias of the MatMul before it. */
final class AddOperator {
    private AddOperator() {}

    /** Imports Add. */
    static void add(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        if (node.operand(0) instanceof ConstantTensor constant) {
            addConstant(node, graph, node.computed(1), node.inputName(1), constant);
        } else if (node.operand(1) instanceof ConstantTensor constant) {
            addConstant(node, graph, node.computed(0), node.inputName(0), constant);
        } else {
            addValues(node, graph, node.computed(0), node.computed(1));
        }
    }

    private static void addValues(OnnxNode node, GraphImport graph, Operand.Computed left, Operand.Computed right)
            throws FormatException {
        if (!left.shape().equals(right.shape())) {
            throw node.error("shapes " + left.shape() + " and " + right.shape()
                    + " differ; repeating values along an axis is not supported");
        }
        graph.add(
                node, new Node.Arithmetic(graph.name(node, null), ArithmeticOperator.ADD, left.value(), right.value()));
    }

    /** Gives the dense layer before it a bias, where nobody else reads the sum without that bias. */
    private static void addConstant(
            OnnxNode node, GraphImport graph, Operand.Computed value, String valueName, ConstantTensor constant)
            throws FormatException {
        if (!(graph.producer(value) instanceof Node.Dense dense)
                || dense.bias() != null
                || graph.numUses(valueName) != 1) {
            throw node.error("constant " + LayerNames.shorten(constant.name())
                    + " can only be added to the result of a MatMul or Gemm without bias that nothing else reads");
        }
        Tensor bias = BiasOperand.spread(node, constant, dense.weight().shape().extent(0), value.onnxRank());
        graph.replace(new Node.Dense(dense.name(), dense.input(), dense.weight(), bias));
        graph.define(node, value);
    }
}
