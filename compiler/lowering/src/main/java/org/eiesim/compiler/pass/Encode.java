package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eiesim.compiler.ir.ColumnTile;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.jspecify.annotations.Nullable;

/** Encodes the weights of every tile as each PE stores them. */
final class Encode implements Pass {
    @Override
    public String name() {
        return "encode";
    }

    @Override
    public String description() {
        return "Encodes every tile per PE: codes, relative indices, padding entries, column pointers.";
    }

    @Override
    public Set<Form> takes() {
        return Set.of(Form.PLACED);
    }

    @Override
    public Graph run(Graph graph) {
        List<Operation> encoded = new ArrayList<>();
        for (Operation operation : graph.operations()) {
            encoded.add(operation.mapProducts(product -> encode(product, graph.target())));
        }
        return graph.with(encoded, graph.outputs());
    }

    private static Operation.Product encode(Operation.Product product, Target target) {
        SharedWeights weights = product.weights();
        float[] bias = product.bias();
        byte[] biasCodes =
                bias != null && target.biasMode() == Target.BiasMode.COLUMN ? BiasCodes.nearest(bias, weights) : null;
        List<RowTile> rows = new ArrayList<>();
        for (RowTile tile : product.rowTiles()) {
            List<ColumnTile> columns = new ArrayList<>();
            for (ColumnTile column : tile.columnTiles()) {
                byte[] tileBias = column.biasColumn() && biasCodes != null ? gather(biasCodes, 1, tile, 0, 1) : null;
                columns.add(new ColumnTile(
                        column.firstColumn(),
                        column.numInputs(),
                        column.biasColumn(),
                        matrix(weights, tile, column, tileBias, target)));
            }
            rows.add(new RowTile(tile.group(), tile.firstRow(), tile.numRows(), tile.rowOrder(), columns));
        }
        return product.withRowTiles(rows);
    }

    private static InterleavedCsc matrix(
            SharedWeights weights, RowTile rows, ColumnTile columns, byte @Nullable [] bias, Target target) {
        byte[] codes = gather(weights.codes(), weights.columns(), rows, columns.firstColumn(), columns.numInputs());
        return bias == null
                ? InterleavedCscBuilder.build(
                        codes, rows.numRows(), columns.numInputs(), target.numPes(), target.indexBits())
                : InterleavedCscBuilder.build(
                        codes, rows.numRows(), columns.numInputs(), target.numPes(), target.indexBits(), bias);
    }

    private static byte[] gather(byte[] codes, int numColumns, RowTile rows, int firstColumn, int count) {
        int[] order = rows.rowOrder();
        if (order == null) {
            throw new IllegalStateException("rows " + rows.firstRow() + " are not placed");
        }
        byte[] gathered = new byte[rows.numRows() * count];
        for (int row = 0; row < order.length; row++) {
            int source = (rows.firstRow() + order[row]) * numColumns + firstColumn;
            System.arraycopy(codes, source, gathered, row * count, count);
        }
        return gathered;
    }
}
