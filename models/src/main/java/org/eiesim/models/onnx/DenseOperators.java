package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** Gemm and MatMul with a constant second operand: dense layers. */
final class DenseOperators {
    private DenseOperators() {}

    /** Imports Gemm, {@code alpha * A * B + beta * C}; alpha goes into the weights and beta into the bias. */
    static void gemm(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        Operand.Computed input = node.computed(0);
        if (input.shape().rank() != 1) {
            throw node.error("its input must have 2 axes, not " + input.onnxRank());
        }
        long transposesInput = node.integer("transA", 0);
        if (transposesInput != 0) {
            throw node.unsupported("transA", transposesInput);
        }
        float alpha = node.number("alpha", 1);
        float beta = node.number("beta", 1);
        ConstantTensor constant = node.constant(1);
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

    /** Imports MatMul of a computed value and a constant matrix. */
    static void matMul(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        Operand.Computed input = node.computed(0);
        ConstantTensor constant = node.constant(1);
        add(node, graph, input, constant.name(), weight(node, constant, false), null);
    }

    private static void add(
            OnnxNode node,
            GraphImport graph,
            Operand.Computed input,
            String weightName,
            Tensor weight,
            @Nullable Tensor bias)
            throws FormatException {
        graph.add(node, new Node.Dense(graph.name(node, weightName), input.value(), weight, bias));
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
