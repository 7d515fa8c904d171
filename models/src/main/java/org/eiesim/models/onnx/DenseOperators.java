package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/** Gemm and MatMul: dense layers, where the second operand is constant. */
final class DenseOperators {
    private DenseOperators() {}

    /** Imports Gemm, {@code alpha * A * B + beta * C}; alpha goes into the weights and beta into the bias. */
    static void gemm(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        Operand.Computed input = matrix(node, graph, node.computed(0), "transA");
        float alpha = node.number("alpha", 1);
        float beta = node.number("beta", 1);
        if (!(node.operand(1) instanceof ConstantTensor constant)) {
            gemmOfValues(node, graph, input, alpha, beta);
            return;
        }
        Tensor weight = scaled(node, "alpha", alpha, weight(node, constant, node.integer("transB", 0) != 0));
        Tensor bias = null;
        if (node.hasInput(2) && beta != 0) {
            bias = scaled(
                    node,
                    "beta",
                    beta,
                    BiasOperand.spread(node, node.constant(2), weight.shape().extent(0), 2));
        }
        add(node, graph, input, constant.name(), weight, bias);
    }

    private static Operand.Computed matrix(
            OnnxNode node, GraphImport graph, Operand.Computed value, String transposition) throws FormatException {
        if (value.onnxRank() != 2) {
            throw node.error("its input must have 2 axes, not " + value.onnxRank());
        }
        if (node.integer(transposition, 0) == 0) {
            return value;
        }
        return ShapeOperators.transposed(
                node, graph, graph.unbatched(node, value), new int[] {1, 0}, graph.part(node, transposition));
    }

    private static void gemmOfValues(OnnxNode node, GraphImport graph, Operand.Computed input, float alpha, float beta)
            throws FormatException {
        Operand.Computed right = matrix(node, graph, node.computed(1), "transB");
        Operand.Computed product = multiplied(node, graph, input, right);
        if (alpha != 1) {
            product = ArithmeticOperators.combined(
                    node, graph, ArithmeticOperator.MULTIPLY, product, ArithmeticOperators.scalar(node, alpha));
        }
        if (!node.hasInput(2) || beta == 0) {
            graph.define(node, product);
            return;
        }
        if (beta != 1) {
            throw node.unsupported("beta", beta + " for a product of two computed values");
        }
        ArithmeticOperators.apply(node, graph, ArithmeticOperator.ADD, product, node.operand(2));
    }

    /** Imports MatMul: a dense layer where the second operand is a constant matrix, else a product of values. */
    static void matMul(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        if (node.operand(0) instanceof Operand.Computed input && node.operand(1) instanceof ConstantTensor constant) {
            product(node, graph, input, constant.name(), constant);
        } else {
            graph.define(node, multiplied(node, graph, node.operand(0), node.operand(1)));
        }
    }

    /** Lets a node be the product of a value and a constant; the name is that of the weights users know. */
    static void product(
            OnnxNode node, GraphImport graph, Operand.Computed input, String weightName, ConstantTensor constant)
            throws FormatException {
        graph.define(node, multiplied(node, graph, input, weightName, constant));
    }

    /** Multiplies a value and a constant. */
    static Operand.Computed multiplied(
            OnnxNode node, GraphImport graph, Operand.Computed input, String weightName, ConstantTensor constant)
            throws FormatException {
        if (constant.extents().length > 2) {
            return multiplied(node, graph, input, constant);
        }
        Operand.Computed rows = input.batchAxis() == input.onnxRank() - 1 ? graph.unbatched(node, input) : input;
        Node dense = new Node.Dense(graph.name(node, weightName), rows.value(), weight(node, constant, false), null);
        return graph.append(dense, rows.batchAxis());
    }

    private static Operand.Computed multiplied(OnnxNode node, GraphImport graph, Operand left, Operand right)
            throws FormatException {
        ArithmeticOperators.Pair pair =
                ArithmeticOperators.aligned(node, graph, stack(node, graph, left), stack(node, graph, right));
        Node product = new TensorNode.MatrixProduct(
                graph.name(node, null), pair.left().value(), pair.right().value());
        return graph.append(product, pair.batchAxis());
    }

    /** Makes the batch one of the two axes of a matrix, where it is one of them. */
    private static Operand stack(OnnxNode node, GraphImport graph, Operand operand) throws FormatException {
        int rank = operand instanceof Operand.Computed computed
                ? computed.onnxRank()
                : ((ConstantTensor) operand).extents().length;
        if (rank < 2) {
            throw node.error("an operand of " + rank + " axes is not supported");
        }
        return operand instanceof Operand.Computed computed && computed.batchAxis() >= rank - 2
                ? graph.unbatched(node, computed)
                : operand;
    }

    private static void add(
            OnnxNode node,
            GraphImport graph,
            Operand.Computed input,
            String weightName,
            Tensor weight,
            @Nullable Tensor bias)
            throws FormatException {
        Node dense = new Node.Dense(graph.name(node, weightName), input.value(), weight, bias);
        graph.add(node, dense, input.batchAxis());
    }

    /** Returns {@code [outputs, inputs]}, which is how a transposed second operand is stored. */
    private static Tensor weight(OnnxNode node, ConstantTensor constant, boolean isTransposed) throws FormatException {
        Shape shape = constant.shape();
        if (shape.rank() != 2) {
            throw node.error(
                    "weight " + LayerNames.shorten(constant.name()) + " must have 2 axes, not " + shape.rank());
        }
        float[] values = constant.floats();
        return isTransposed ? new Tensor(shape, values) : transposed(shape.extent(0), shape.extent(1), values);
    }

    private static Tensor transposed(int numInputs, int numOutputs, float[] values) {
        float[] transposed = new float[values.length];
        for (int i = 0; i < numInputs; i++) {
            for (int o = 0; o < numOutputs; o++) {
                transposed[o * numInputs + i] = values[i * numOutputs + o];
            }
        }
        return new Tensor(Shape.of(numOutputs, numInputs), transposed);
    }

    private static Tensor scaled(OnnxNode node, String attribute, float factor, Tensor tensor) throws FormatException {
        if (factor == 1) {
            return tensor;
        }
        float[] values = new float[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = factor * tensor.values()[i];
            if (!Float.isFinite(values[i])) {
                throw node.unsupported(attribute, factor + " (value " + i + " overflows)");
            }
        }
        return new Tensor(tensor.shape(), values);
    }
}
