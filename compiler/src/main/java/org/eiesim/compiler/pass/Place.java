package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;

/**
 * Places rows on PEs. Interleaved as in EIE: row {@code i} of a tile belongs to PE {@code i mod numPes}, so the order of
 * the rows is left as it is.
 *
 * <p>Source: EIE III-B.
 */
final class Place implements Pass {
    @Override
    public String name() {
        return "place";
    }

    @Override
    public String description() {
        return "Places the rows of every tile on PEs, interleaved: row i on PE i mod pes.";
    }

    @Override
    public Graph run(Graph graph) {
        List<Operation> placed = new ArrayList<>();
        for (Operation operation : graph.operations()) {
            placed.add(operation.mapProducts(product -> product.withRowTiles(
                    product.rowTiles().stream().map(Place::place).toList())));
        }
        return graph.with(placed, graph.outputs());
    }

    private static RowTile place(RowTile tile) {
        int[] order = IntStream.range(0, tile.numRows()).toArray();
        return new RowTile(tile.group(), tile.firstRow(), tile.numRows(), order, tile.columnTiles());
    }
}
