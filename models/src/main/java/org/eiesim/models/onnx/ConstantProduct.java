package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.linalg.BatchedProduct;
import org.eiesim.kernels.nn.Broadcast;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;

/** Products of a computed value and a constant: dense layers over the value's last axis, or its last but one. */
final class ConstantProduct {
    /** More matrices than this in one constant are multiplied as values. */
    private static final int MAX_MATRICES = 1024;

    private ConstantProduct() {}

    /**
     * Multiplies by a constant from the right.
     *
     * @param node the ONNX node
     * @param graph the import it belongs to
     * @param input {@code [..., rows, inputs]} or {@code [inputs]}
     * @param weightName the name of the weights
     * @param constant {@code [..., inputs, outputs]} or {@code [inputs]}
     * @throws FormatException if the constant cannot be read
     */
    static Operand.Computed ofRight(
            OnnxNode node, GraphImport graph, Operand.Computed input, String weightName, ConstantTensor constant)
            throws FormatException {
        int[] extents = constant.extents();
        if (extents.length == 0 || input.onnxRank() == 0) {
            throw node.error("an operand of no axes cannot be multiplied");
        }
        Operand.Computed rows = BatchAxis.along(node, graph, input, input.onnxRank() - 1);
        if (extents.length == 1) {
            Operand.Computed column =
                    dense(graph, graph.name(node, weightName), rows, constant.floats(), extents[0], 1);
            return MatrixOperands.without(node, graph, column, column.onnxRank() - 1);
        }
        int numInputs = extents[extents.length - 2];
        int numOutputs = extents[extents.length - 1];
        int stackAxis = stackAxis(extents);
        if (stackAxis < 0) {
            Operand.Computed product =
                    dense(graph, graph.name(node, weightName), rows, constant.floats(), numInputs, numOutputs);
            return withLeadingAxes(node, graph, product, extents.length, input.onnxRank() == 1);
        }
        int numMatrices = extents[stackAxis];
        boolean isOneStack = constant.shape().size() == numMatrices * numInputs * numOutputs;
        if (!isOneStack || numMatrices > MAX_MATRICES || input.onnxRank() == 1) {
            return MatrixOperands.multiplied(node, graph, input, constant);
        }
        Operand.Computed stack = withLeadingAxes(node, graph, rows, extents.length, false);
        return stacked(node, graph, stack, weightName, constant, extents.length - stackAxis);
    }

    /** Returns the first axis before the last two that has an extent other than 1, or -1. */
    private static int stackAxis(int[] extents) {
        for (int axis = 0; axis < extents.length - 2; axis++) {
            if (extents[axis] != 1) {
                return axis;
            }
        }
        return -1;
    }

    private static Operand.Computed dense(
            GraphImport graph, String name, Operand.Computed input, float[] values, int numInputs, int numOutputs) {
        Tensor weight = DenseOperators.transposed(numInputs, numOutputs, values);
        return graph.append(new Node.Dense(name, input.value(), weight, null), input.batchAxis());
    }

    /** Puts axes of extent 1 before those of a value, up to a rank. */
    private static Operand.Computed withLeadingAxes(
            OnnxNode node, GraphImport graph, Operand.Computed value, int rank, boolean isVector) {
        int missing = rank - value.onnxRank() - (isVector ? 1 : 0);
        if (missing <= 0) {
            return value;
        }
        int[] extents = new int[value.onnxRank() + missing];
        Arrays.fill(extents, 1);
        System.arraycopy(value.onnxExtents(), 0, extents, missing, value.onnxRank());
        int batchAxis = value.batchAxis() == Operand.NO_BATCH ? Operand.NO_BATCH : value.batchAxis() + missing;
        return BatchAxis.reshaped(node, graph, value, extents, batchAxis);
    }

    /** Multiplies the slices of a value along an axis by a matrix each. */
    private static Operand.Computed stacked(
            OnnxNode node,
            GraphImport graph,
            Operand.Computed input,
            String weightName,
            ConstantTensor constant,
            int axisFromEnd)
            throws FormatException {
        int axis = input.onnxRank() - axisFromEnd;
        Operand.Computed value = BatchAxis.along(node, graph, input, axis);
        int[] extents = constant.extents();
        int numInputs = extents[extents.length - 2];
        int numOutputs = extents[extents.length - 1];
        int numMatrices = extents[extents.length - axisFromEnd];
        int extent = value.onnxExtents()[axis];
        if (extent != 1 && extent != numMatrices) {
            throw node.error("a value of extents " + Arrays.toString(value.onnxExtents())
                    + " and a constant of extents " + Arrays.toString(extents) + " cannot be multiplied");
        }
        float[] values = constant.floats();
        int size = numInputs * numOutputs;
        int sampleAxis = value.sampleAxis(axis);
        String name = graph.name(node, weightName);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < numMatrices; i++) {
            Operand.Computed slice = value;
            if (extent > 1) {
                slice = graph.append(
                        new TensorNode.Slice(graph.part(node, "slice" + i), value.value(), sampleAxis, i, 1, 1),
                        value.batchAxis());
            }
            float[] matrix = Arrays.copyOfRange(values, i * size, (i + 1) * size);
            parts.add(dense(graph, graph.part(node, "layer" + i), slice, matrix, numInputs, numOutputs)
                    .value());
        }
        return graph.append(new TensorNode.Concat(name, parts, sampleAxis), value.batchAxis());
    }

    /**
     * Multiplies by a constant from the left: {@code A B = (B^T A^T)^T}.
     *
     * @param node the ONNX node
     * @param graph the import it belongs to
     * @param constant {@code [..., outputs, inputs]} or {@code [inputs]}
     * @param input {@code [..., inputs, columns]} or {@code [inputs]}
     * @throws FormatException if the constant cannot be read
     */
    static Operand.Computed ofLeft(OnnxNode node, GraphImport graph, ConstantTensor constant, Operand.Computed input)
            throws FormatException {
        int rank = constant.extents().length;
        if (rank == 0 || input.onnxRank() == 0) {
            throw node.error("an operand of no axes cannot be multiplied");
        }
        Operand.Computed columns = input.onnxRank() == 1 ? input : MatrixOperands.swapped(node, graph, input);
        if (rank == 1 || input.onnxRank() == 1) {
            ConstantTensor weight = rank == 1 ? constant : swapped(constant);
            return ofRight(node, graph, columns, constant.name(), weight);
        }
        return MatrixOperands.swapped(node, graph, ofRight(node, graph, columns, constant.name(), swapped(constant)));
    }

    /** Multiplies two constants, as matrices or stacks of matrices. */
    static ConstantTensor ofConstants(OnnxNode node, ConstantTensor left, ConstantTensor right) throws FormatException {
        int[] a = left.extents();
        int[] b = right.extents();
        if (a.length < 2 || b.length < 2 || a[a.length - 1] != b[b.length - 2]) {
            throw node.error("constants of extents " + Arrays.toString(a) + " and " + Arrays.toString(b)
                    + " cannot be multiplied");
        }
        int[] stack = Broadcast.extents(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
        int rows = a[a.length - 2];
        int columns = b[b.length - 1];
        int[] extents = Arrays.copyOf(stack, stack.length + 2);
        extents[stack.length] = rows;
        extents[stack.length + 1] = columns;
        float[] product = new float[Shape.of(extents).size()];
        BatchedProduct.multiply(
                left.numbers(),
                Broadcast.positions(Arrays.copyOf(a, a.length - 2), stack),
                right.numbers(),
                Broadcast.positions(Arrays.copyOf(b, b.length - 2), stack),
                rows,
                a[a.length - 1],
                columns,
                product);
        return ConstantTensor.of(node.output(), extents, product);
    }

    /** Exchanges the last two axes of a constant. */
    static ConstantTensor swapped(ConstantTensor constant) throws FormatException {
        int[] extents = constant.extents();
        int rows = extents[extents.length - 2];
        int columns = extents[extents.length - 1];
        float[] values = constant.floats();
        float[] swapped = new float[values.length];
        int size = rows * columns;
        for (int i = 0; i < values.length; i++) {
            int row = i % size / columns;
            int column = i % columns;
            swapped[i / size * size + column * rows + row] = values[i];
        }
        int[] result = extents.clone();
        result[extents.length - 2] = columns;
        result[extents.length - 1] = rows;
        return ConstantTensor.of(constant.name(), result, swapped);
    }
}
