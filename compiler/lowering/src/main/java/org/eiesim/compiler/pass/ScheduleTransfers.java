package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.compiler.ir.ColumnTile;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.ir.Schedule;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * Decides what moves when. Weight images that fit the memories together are loaded once and stay; otherwise they are
 * streamed, as {@link MemoryPlan} says. Outputs that the next product reads whole stay in the register files, which swap roles;
 * all other values go through host buffers.
 *
 * <p>Source: EIE IV (activation read/write; the two modes of the central control unit).
 */
final class ScheduleTransfers implements Pass {
    @Override
    public String name() {
        return "schedule";
    }

    @Override
    public String description() {
        return "Gives images and values their places and decides what stays in the register files.";
    }

    @Override
    public Set<Form> takes() {
        return Set.of(Form.ENCODED);
    }

    @Override
    public Graph run(Graph graph) throws FormatException {
        for (Graph.Output output : graph.outputs()) {
            if (graph.inputs().contains(output.value())) {
                throw new FormatException(
                        "output " + output.name(),
                        "is the network's input " + output.value() + ": there is nothing to run");
            }
        }
        Set<String> swapped = swapped(graph);
        Map<String, Integer> bufferOf = new LinkedHashMap<>();
        List<Schedule.Buffer> buffers = new ArrayList<>();
        for (String value : stored(graph, swapped)) {
            bufferOf.put(value, buffers.size());
            buffers.add(new Schedule.Buffer(value, graph.shape(value).size()));
        }
        MemoryPlan plan = new MemoryPlan(graph);
        return graph.with(
                new Schedule(plan.resident(), buffers, bufferOf, List.copyOf(swapped), plan.places(), plan.groups()));
    }

    /** Finds the products whose outputs the following product reads whole, from PE 0 on in every tile. */
    private static Set<String> swapped(Graph graph) {
        Set<String> swapped = new LinkedHashSet<>();
        List<Operation> operations = graph.operations();
        for (int i = 0; i + 1 < operations.size(); i++) {
            if (operations.get(i) instanceof Operation.Product first
                    && operations.get(i + 1) instanceof Operation.Product second
                    && second.input().equals(first.name())
                    && first.numVectors() == 1
                    && second.numVectors() == 1
                    && first.rowTiles().size() == 1
                    && readsWhole(second, graph.target())) {
                swapped.add(first.name());
            }
        }
        return swapped;
    }

    /**
     * Says whether the register file can hold the whole input vector of a product, every tile starting at PE 0. Groups with
     * codebooks of their own run one after another over all vectors, so each loads its own part.
     *
     * @param product a tiled product
     * @param target the machine
     * @return whether one load serves all tiles
     */
    static boolean readsWhole(Operation.Product product, Target target) {
        if (product.numInputs() > target.registerFileCapacity()
                || product.weights().codebooks().size() > 1) {
            return false;
        }
        for (RowTile rows : product.rowTiles()) {
            for (ColumnTile columns : rows.columnTiles()) {
                if (firstInput(product, rows, columns) % target.numPes() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns where the inputs of a tile start in the input vector. */
    static int firstInput(Operation.Product product, RowTile rows, ColumnTile columns) {
        return rows.group() * product.weights().columns() + columns.firstColumn();
    }

    private static Set<String> stored(Graph graph, Set<String> swapped) {
        Set<String> read = new HashSet<>();
        graph.outputs().forEach(output -> read.add(output.value()));
        List<Operation> operations = graph.operations();
        for (int i = 0; i < operations.size(); i++) {
            boolean takesOver = i > 0 && swapped.contains(operations.get(i - 1).name());
            if (!takesOver) {
                read.addAll(operations.get(i).inputs());
            }
        }
        Set<String> stored = new LinkedHashSet<>(graph.inputs());
        for (Operation operation : operations) {
            if (read.contains(operation.name()) || !swapped.contains(operation.name())) {
                stored.add(operation.name());
            }
            if (operation instanceof Operation.Recurrence cell) {
                stored.addAll(cell.scratch());
            }
        }
        return stored;
    }

    /** Returns the encoded weights of a tile. */
    static InterleavedCsc matrix(Operation.Product product, ColumnTile columns) {
        InterleavedCsc matrix = columns.matrix();
        if (matrix == null) {
            throw new IllegalStateException("product " + product.name() + " is not encoded");
        }
        return matrix;
    }
}
