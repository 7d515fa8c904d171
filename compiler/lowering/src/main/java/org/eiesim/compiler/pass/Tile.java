package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;

/** Cuts every product into tiles that fit the register files and memories of the machine. */
final class Tile implements Pass {
    @Override
    public String name() {
        return "tile";
    }

    @Override
    public String description() {
        return "Cuts products into row and column tiles that fit register files, weight and pointer memories.";
    }

    @Override
    public Set<Form> takes() {
        return Set.of(Form.WHOLE);
    }

    @Override
    public Graph run(Graph graph) throws FormatException {
        Target target = graph.target();
        List<Operation> tiled = new ArrayList<>();
        for (Operation operation : graph.operations()) {
            tiled.add(
                    operation instanceof Operation.Recurrence cell
                            ? cell.mapPhases(products -> tileAlike(products, target))
                            : operation.mapProducts(product -> tile(product, target, Integer.MAX_VALUE / 2)));
        }
        return graph.with(tiled, graph.outputs());
    }

    private static Operation.Product tile(Operation.Product product, Target target, int maxRows) {
        return product.withRowTiles(new Tiler(product, target).tiles(maxRows));
    }

    /** Cuts products that share accumulators into the same row tiles: as low as the lowest any of them needs. */
    private static List<Operation.Product> tileAlike(List<Operation.Product> products, Target target) {
        int maxRows = Integer.MAX_VALUE / 2;
        while (true) {
            List<Operation.Product> tiled = new ArrayList<>();
            int lowest = maxRows;
            for (Operation.Product product : products) {
                Operation.Product cut = tile(product, target, maxRows);
                tiled.add(cut);
                List<RowTile> rows = cut.rowTiles();
                // The last tile may be lower only because no rows are left.
                for (RowTile tile : rows.subList(0, Math.max(1, rows.size() - 1))) {
                    lowest = Math.min(lowest, tile.numRows());
                }
            }
            if (lowest >= maxRows || tiled.stream().map(Tile::cuts).distinct().count() == 1) {
                return tiled;
            }
            maxRows = lowest;
        }
    }

    private static List<Integer> cuts(Operation.Product product) {
        return product.rowTiles().stream().map(RowTile::firstRow).toList();
    }
}
