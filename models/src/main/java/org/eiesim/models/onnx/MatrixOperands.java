package org.eiesim.models.onnx;

import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.TensorNode;

/** Products of two computed values as MatMul aligns them. */
final class MatrixOperands {
    private MatrixOperands() {}

    /** Exchanges the last two axes of a value. */
    static Operand.Computed swapped(OnnxNode node, GraphImport graph, Operand.Computed value) {
        int rank = value.onnxRank();
        int[] permutation = IntStream.range(0, rank).toArray();
        permutation[rank - 1] = rank - 2;
        permutation[rank - 2] = rank - 1;
        return ShapeOperators.transposed(node, graph, value, permutation, graph.part(node, "transposed"));
    }

    /**
     * Multiplies two operands, at most one of them constant. A vector on the left is a row, one on the right a column, and
     * the axis it gets for that is none of the product.
     */
    static Operand.Computed multiplied(OnnxNode node, GraphImport graph, Operand left, Operand right)
            throws FormatException {
        if (SampleAlignment.rank(left) == 0 || SampleAlignment.rank(right) == 0) {
            throw node.error("an operand of no axes cannot be multiplied");
        }
        boolean isRow = SampleAlignment.rank(left) == 1;
        boolean isColumn = SampleAlignment.rank(right) == 1;
        Operand rows = withAxis(node, graph, left, isRow, 0);
        Operand columns = withAxis(node, graph, right, isColumn, 1);
        Operand.Computed product = ofMatrices(node, graph, rows, columns);
        if (isColumn) {
            product = without(node, graph, product, product.onnxRank() - 1);
        }
        return isRow ? without(node, graph, product, product.onnxRank() - (isColumn ? 1 : 2)) : product;
    }

    private static Operand withAxis(OnnxNode node, GraphImport graph, Operand operand, boolean isVector, int axis)
            throws FormatException {
        if (!isVector) {
            return operand;
        }
        if (operand instanceof Operand.Computed computed) {
            Operand.Computed vector = BatchAxis.unbatched(node, graph, computed);
            int extent = vector.onnxExtents()[0];
            return BatchAxis.reshaped(
                    node, graph, vector, axis == 0 ? new int[] {1, extent} : new int[] {extent, 1}, Operand.NO_BATCH);
        }
        ConstantTensor constant = (ConstantTensor) operand;
        int extent = constant.extents()[0];
        return ConstantTensor.of(
                constant.name(), axis == 0 ? new int[] {1, extent} : new int[] {extent, 1}, constant.numbers());
    }

    /** Drops an axis of extent 1. */
    static Operand.Computed without(OnnxNode node, GraphImport graph, Operand.Computed value, int axis) {
        Operand.Computed whole = BatchAxis.along(node, graph, value, axis);
        int batchAxis = whole.batchAxis() > axis ? whole.batchAxis() - 1 : whole.batchAxis();
        return BatchAxis.reshaped(node, graph, whole, Operand.without(whole.onnxExtents(), axis), batchAxis);
    }

    private static Operand.Computed ofMatrices(OnnxNode node, GraphImport graph, Operand left, Operand right)
            throws FormatException {
        requireOuter(node, graph, left, 1);
        requireOuter(node, graph, right, 2);
        boolean rowsAreBatch = isBatch(left, 2) && isCut(graph, left);
        boolean columnsAreBatch = isBatch(right, 1) && isCut(graph, right);
        if (rowsAreBatch && isCut(graph, right)) {
            throw graph.mixed(node, (Operand.Computed) right, MixedBatchException.NO_SUGGESTION);
        }
        if (rowsAreBatch) {
            return ofSampleRows(node, graph, (Operand.Computed) left, right);
        }
        if (columnsAreBatch && !isCut(graph, left)) {
            // (A B)^T = B^T A^T
            Operand.Computed columns = swapped(node, graph, (Operand.Computed) right);
            Operand transposed = left instanceof Operand.Computed computed
                    ? swapped(node, graph, computed)
                    : ConstantProduct.swapped((ConstantTensor) left);
            return swapped(node, graph, ofSampleRows(node, graph, columns, transposed));
        }
        SampleAlignment.Aligned aligned =
                SampleAlignment.of(node, graph, List.of(stack(node, graph, left), stack(node, graph, right)));
        return graph.append(
                new TensorNode.MatrixProduct(
                        graph.name(node, null),
                        aligned.samples().get(0).value(),
                        aligned.samples().get(1).value()),
                aligned.batchAxis());
    }

    /** Multiplies one row per sample by matrices that are the same for all samples. */
    private static Operand.Computed ofSampleRows(
            OnnxNode node, GraphImport graph, Operand.Computed rows, Operand matrices) throws FormatException {
        Shape oneRow = Shape.of(rows.onnxExtents());
        String row = graph.appendRegrouped(
                        new Node.Reshape(graph.part(node, "row"), rows.value(), oneRow),
                        Operand.NO_BATCH,
                        Operand.NO_BATCH)
                .value();
        Operand whole =
                matrices instanceof Operand.Computed computed ? BatchAxis.unbatched(node, graph, computed) : matrices;
        String matrix =
                SampleAlignment.of(node, graph, List.of(whole)).samples().get(0).value();
        Operand.Computed product =
                graph.append(new TensorNode.MatrixProduct(graph.name(node, null), row, matrix), Operand.NO_BATCH);
        int batchAxis = product.shape().rank() - 2;
        Shape sample = Shape.of(Operand.without(product.shape().toArray(), batchAxis));
        return graph.appendRegrouped(
                new Node.Reshape(graph.part(node, "sample"), product.value(), sample), batchAxis, Operand.NO_BATCH);
    }

    /** Refuses a batch that was cut on the axis along which products are summed. */
    private static void requireOuter(OnnxNode node, GraphImport graph, Operand operand, int innerFromEnd) {
        if (operand instanceof Operand.Computed computed && isBatch(operand, innerFromEnd)) {
            BatchAxis.unbatched(node, graph, computed);
        }
    }

    private static boolean isBatch(Operand operand, int fromEnd) {
        return operand instanceof Operand.Computed computed
                && computed.batchAxis() != Operand.NO_BATCH
                && computed.onnxRank() - computed.batchAxis() == fromEnd;
    }

    private static boolean isCut(GraphImport graph, Operand operand) {
        return operand instanceof Operand.Computed computed && graph.batches().isCut(computed.value());
    }

    /** Makes the batch one of the two axes of a matrix, where it is one of them. */
    private static Operand stack(OnnxNode node, GraphImport graph, Operand operand) {
        return operand instanceof Operand.Computed computed && computed.batchAxis() >= computed.onnxRank() - 2
                ? BatchAxis.unbatched(node, graph, computed)
                : operand;
    }
}
