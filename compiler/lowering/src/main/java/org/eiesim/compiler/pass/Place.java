package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.target.LiveProfile;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.compiler.target.Placement;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Places rows on PEs. Interleaved as in EIE: row {@code i} of a tile belongs to PE {@code i mod numPes}, so the order of
 * the rows is left as it is. Balanced: rows stand in another order, and the host puts the outputs back in theirs. The
 * gates of recurrent cells stay interleaved.
 *
 * <p>Source: EIE III-B.
 */
final class Place implements Pass {
    /** How rows are placed. */
    static final PassOption<Placement> PLACEMENT =
            new PassOption<>("placement", "Which PE owns which row of a tile.", Placement.class, Placement.INTERLEAVED);

    private final Placement placement;
    /** How often inputs are live, where it counts and was measured. */
    private final @Nullable LiveProfile profile;

    Place(LoweringOptions options) {
        placement = PLACEMENT.of(options);
        profile = placement == Placement.BALANCED_LIVE ? options.profile() : null;
    }

    @Override
    public String name() {
        return "place";
    }

    @Override
    public String description() {
        return "Places the rows of every tile on PEs: interleaved, or balanced by entries or by expected live entries.";
    }

    @Override
    public List<PassOption<?>> options() {
        return List.of(PLACEMENT);
    }

    @Override
    public Set<Form> takes() {
        return Set.of(Form.TILED);
    }

    @Override
    public Graph run(Graph graph) throws FormatException {
        if (placement == Placement.BALANCED_LIVE && profile == null) {
            throw new FormatException(
                    "placement balanced_live",
                    "needs sample inputs to measure which inputs are live: simulate the .eie with --data or --input");
        }
        List<Operation> placed = new ArrayList<>();
        Map<String, Shape> shapes = new TreeMap<>();
        for (Operation operation : graph.operations()) {
            Operation next = operation.mapProducts(product -> interleaved(product));
            if (operation instanceof Operation.Product product && placement != Placement.INTERLEAVED) {
                Operation.Product balanced = new RowBalancer(product, graph.target(), profile).balanced();
                if (isMoved(balanced)) {
                    String inMachineOrder = product.name() + "'placed";
                    shapes.put(inMachineOrder, graph.shape(product.name()));
                    placed.add(balanced.endingWith(inMachineOrder, balanced.activation()));
                    next = putBack(product, inMachineOrder, balanced);
                }
            }
            placed.add(next);
        }
        return graph.withShapes(shapes).with(placed, graph.outputs());
    }

    private static Operation.Product interleaved(Operation.Product product) {
        return product.withRowTiles(product.rowTiles().stream()
                .map(tile -> tile.withOrder(IntStream.range(0, tile.numRows()).toArray()))
                .toList());
    }

    private static boolean isMoved(Operation.Product product) {
        for (RowTile tile : product.rowTiles()) {
            int[] order = tile.rowOrder();
            for (int row = 0; order != null && row < order.length; row++) {
                if (order[row] != row) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the host's work that puts outputs from the order of the machine's rows into their own. */
    private static Operation putBack(Operation.Product product, String from, Operation.Product placed) {
        float[] order = new float[product.weights().outputs()];
        for (RowTile tile : placed.rowTiles()) {
            int[] rows = tile.rowOrder();
            for (int row = 0; rows != null && row < rows.length; row++) {
                order[tile.firstRow() + row] = tile.firstRow() + rows[row];
            }
        }
        Vectors vectors = product.vectors();
        Map<String, Integer> attributes = Map.of(
                "count", vectors.count(),
                "rows", order.length,
                "step", vectors.outputStep(),
                "stride", vectors.outputStride());
        return new Operation.HostWork(
                product.name(), List.of(from), HostKind.PUT_BACK, new TreeMap<>(attributes), List.of(order));
    }
}
