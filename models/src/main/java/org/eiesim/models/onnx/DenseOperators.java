package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** Gemm and MatMul: dense layers, where one of the operands is constant. */
final class DenseOperators {
    private DenseOperators() {}

    /** Imports Gemm, {@code alpha * A * B + beta * C}; alpha goes into the weights and beta into the bias. */
    static void gemm(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        boolean transA = node.integer("transA", 0) != 0;
        boolean transB = node.integer("transB", 0) != 0;
        float alpha = node.number("alpha", 1);
        float beta = node.number("beta", 1);
        Operand.Computed product;
        if (node.operand(1) instanceof ConstantTensor constant) {
            Tensor weight = scaled(node, "alpha", alpha, weight(node, constant, transB));
            Operand.Computed input = matrix(node, graph, node.computed(0), transA);
            input = BatchAxis.along(node, graph, input, 1);
            Tensor bias = bias(node, beta, weight.shape().extent(0), 1);
            if (bias != null) {
                graph.define(node, dense(node, graph, input, constant.name(), weight, bias));
                return;
            }
            product = dense(node, graph, input, constant.name(), weight, null);
        } else if (node.operand(0) instanceof ConstantTensor constant) {
            Tensor weight = scaled(node, "alpha", alpha, weight(node, constant, !transA));
            // (A B)^T = B^T A^T: A is the weight, and its rows are the outputs.
            Operand.Computed input = matrix(node, graph, node.computed(1), !transB);
            input = BatchAxis.along(node, graph, input, 1);
            Tensor bias = bias(node, beta, weight.shape().extent(0), 0);
            Operand.Computed transposed = dense(node, graph, input, constant.name(), weight, bias);
            product = MatrixOperands.swapped(node, graph, transposed);
            if (bias != null) {
                graph.define(node, product);
                return;
            }
        } else {
            Operand.Computed left = matrix(node, graph, node.computed(0), transA);
            Operand.Computed right = matrix(node, graph, node.computed(1), transB);
            product = timesScalar(node, graph, MatrixOperands.multiplied(node, graph, left, right), alpha);
        }
        addTerm(node, graph, product, beta);
    }

    private static void addTerm(OnnxNode node, GraphImport graph, Operand.Computed product, float beta)
            throws FormatException {
        if (!node.hasInput(2) || beta == 0) {
            graph.define(node, product);
            return;
        }
        Operand term = node.operand(2);
        if (term instanceof Operand.Computed computed) {
            term = timesScalar(node, graph, computed, beta);
        } else if (beta != 1) {
            ConstantTensor constant = node.constant(2);
            Tensor scaled = scaled(node, "beta", beta, new Tensor(constant.shape(), constant.floats()));
            term = ConstantTensor.of(constant.name(), constant.extents(), scaled.values());
        }
        ArithmeticOperators.apply(node, graph, ArithmeticOperator.ADD, product, term);
    }

    /** Returns the third operand as a bias, or null where it is none: absent, computed or not one value per output. */
    private static @Nullable Tensor bias(OnnxNode node, float beta, int numOutputs, int axis) throws FormatException {
        if (!node.hasInput(2) || beta == 0 || !(node.operand(2) instanceof ConstantTensor constant)) {
            return null;
        }
        int[] extents = constant.extents();
        boolean isScalar = constant.shape().size() == 1;
        boolean fits = (axis == 1 || isScalar)
                ? BiasOperand.fits(constant, numOutputs, 2)
                : extents.length == 2 && extents[0] == numOutputs && extents[1] == 1;
        if (extents.length > 2 || (axis == 1 && !isScalar && last(extents) != 1 && last(extents) != numOutputs)) {
            throw node.error("constant " + LayerNames.shorten(constant.name()) + " of shape (" + constant.shape()
                    + ") is not one value per output (" + numOutputs + ")");
        }
        if (!fits) {
            return null;
        }
        ConstantTensor row = axis == 1 || isScalar
                ? constant
                : ConstantTensor.of(constant.name(), new int[] {numOutputs}, constant.floats());
        return scaled(node, "beta", beta, BiasOperand.spread(node, row, numOutputs, 2));
    }

    private static int last(int[] extents) {
        return extents.length == 0 ? 1 : extents[extents.length - 1];
    }

    private static Operand.Computed timesScalar(OnnxNode node, GraphImport graph, Operand.Computed value, float factor)
            throws FormatException {
        return factor == 1
                ? value
                : ArithmeticOperators.combined(
                        node, graph, ArithmeticOperator.MULTIPLY, value, ArithmeticOperators.scalar(node, factor));
    }

    private static Operand.Computed matrix(
            OnnxNode node, GraphImport graph, Operand.Computed value, boolean isTransposed) throws FormatException {
        if (value.onnxRank() != 2) {
            throw node.error("its input must have 2 axes, not " + value.onnxRank());
        }
        return isTransposed ? MatrixOperands.swapped(node, graph, value) : value;
    }

    /** Imports MatMul: a dense layer where one of the operands is constant, else a product of values. */
    static void matMul(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        Operand left = node.operand(0);
        Operand right = node.operand(1);
        if (left instanceof Operand.Computed input && right instanceof ConstantTensor constant) {
            product(node, graph, input, constant.name(), constant);
        } else if (left instanceof ConstantTensor constant && right instanceof Operand.Computed input) {
            graph.define(node, ConstantProduct.ofLeft(node, graph, constant, input));
        } else if (left instanceof ConstantTensor a && right instanceof ConstantTensor b) {
            graph.define(node, ConstantProduct.ofConstants(node, a, b));
        } else {
            graph.define(node, MatrixOperands.multiplied(node, graph, node.computed(0), node.computed(1)));
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
        return ConstantProduct.ofRight(node, graph, input, weightName, constant);
    }

    /** Adds a dense layer over the last axis of a value, which is not the batch. */
    static Operand.Computed dense(
            OnnxNode node,
            GraphImport graph,
            Operand.Computed input,
            String weightName,
            Tensor weight,
            @Nullable Tensor bias) {
        Node dense = new Node.Dense(graph.name(node, weightName), input.value(), weight, bias);
        return graph.append(dense, input.batchAxis());
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

    /** Turns the stored {@code [inputs, outputs]} of a matrix into {@code [outputs, inputs]}. */
    static Tensor transposed(int numInputs, int numOutputs, float[] values) {
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
