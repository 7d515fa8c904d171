package org.eiesim.compiler.pass;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eiesim.compiler.ir.ColumnTile;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.ir.Schedule;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * Describes a graph to a reader of {@code --print-after}: names and integers, no weights. What is read back stands in
 * {@link org.eiesim.compiler.ir.text.GraphWriter}.
 */
final class GraphPrinter {
    private final StringBuilder text = new StringBuilder();

    private GraphPrinter() {}

    /**
     * Writes a graph.
     *
     * @param graph the graph
     * @return its text, ending with a line feed
     */
    static String print(Graph graph) {
        GraphPrinter printer = new GraphPrinter();
        Target target = graph.target();
        printer.line(
                "graph \"%s\" pes=%d index_bits=%d weight_bits=%d spmat_capacity_entries=%d pointer_capacity_columns=%d"
                        + " register_file_length=%d bias=%s",
                graph.name(),
                target.numPes(),
                target.indexBits(),
                target.weightBits(),
                target.spmatCapacityEntries(),
                target.pointerCapacityColumns(),
                target.registerFileLength(),
                lower(target.biasMode()));
        for (String input : graph.inputs()) {
            printer.line("input %s [%s]", input, graph.shape(input));
        }
        for (Operation operation : graph.operations()) {
            printer.line(
                    "%s [%s] = %s(%s)",
                    operation.name(),
                    graph.shape(operation.name()),
                    describe(operation),
                    String.join(", ", operation.inputs()));
            for (Operation.Product product : operation.products()) {
                if (operation instanceof Operation.Recurrence) {
                    printer.line("  %s: %s", product.name(), describe(product));
                }
                product.rowTiles().forEach(tile -> printer.tile(tile, target));
            }
        }
        graph.outputs().forEach(output -> printer.line("output %s = %s", output.name(), output.value()));
        Schedule schedule = graph.schedule();
        if (schedule != null) {
            printer.schedule(schedule);
        }
        return printer.text.toString();
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String describe(Operation operation) {
        if (operation instanceof Operation.Source source) {
            String weights = source.weights().isEmpty() ? "" : " " + new TreeMap<>(source.weights());
            return source.node().getClass().getSimpleName().toLowerCase(Locale.ROOT) + weights;
        }
        if (operation instanceof Operation.HostWork work) {
            return "host " + lower(work.kind()) + " " + work.attributes();
        }
        if (operation instanceof Operation.Product product) {
            Vectors vectors = product.vectors();
            String steps = vectors.inputStep() == 1 && vectors.outputStep() == 1
                    ? ""
                    : ", steps " + vectors.inputStep() + " and " + vectors.outputStep();
            return String.format(
                    Locale.ROOT,
                    "product of %d vectors%s, %d groups, %s, bias %s, activation %s",
                    product.numVectors(),
                    steps,
                    product.groups(),
                    product.weights(),
                    product.bias() == null ? "none" : product.bias().length,
                    lower(product.activation()));
        }
        if (operation instanceof Operation.Recurrence cell) {
            return String.format(
                    Locale.ROOT,
                    "recurrence of %d steps, %d inputs, %d hidden, %d phases",
                    cell.numSteps(),
                    cell.numInputs(),
                    cell.hidden(),
                    cell.phases().size());
        }
        return "identity";
    }

    private void tile(RowTile rows, Target target) {
        line("  group %d rows %d+%d%s", rows.group(), rows.firstRow(), rows.numRows(), order(rows, target));
        for (ColumnTile columns : rows.columnTiles()) {
            InterleavedCsc matrix = columns.matrix();
            line(
                    "    columns %d+%d%s%s",
                    columns.firstColumn(),
                    columns.numInputs(),
                    columns.biasColumn() ? " and bias" : "",
                    matrix == null ? "" : " " + entries(matrix));
        }
    }

    private static String order(RowTile rows, Target target) {
        int[] order = rows.rowOrder();
        if (order == null) {
            return "";
        }
        for (int row = 0; row < order.length; row++) {
            if (order[row] != row) {
                return " in the order " + Arrays.toString(order);
            }
        }
        return " interleaved over " + target.numPes() + " PEs";
    }

    private static String entries(InterleavedCsc matrix) {
        long padding = 0;
        int fullest = 0;
        for (byte[] codes : matrix.codes()) {
            fullest = Math.max(fullest, codes.length);
            for (byte code : codes) {
                padding += code == 0 ? 1 : 0;
            }
        }
        return String.format(
                Locale.ROOT,
                "%d entries, %d of them padding, %d in the fullest PE",
                matrix.numEntries(),
                padding,
                fullest);
    }

    private void schedule(Schedule schedule) {
        line("weights %s", schedule.resident() ? "stay" : "are streamed");
        for (int i = 0; i < schedule.places().size(); i++) {
            Schedule.Place place = schedule.places().get(i);
            line("  image %d at entry %d, column %d", i, place.weightAddress(), place.pointerAddress());
        }
        for (Schedule.LoadGroup group : schedule.groups()) {
            line(
                    "  images %d+%d are loaded %s",
                    group.firstImage(),
                    group.numImages(),
                    group.together() ? (group.ahead() ? "together, ahead" : "together") : "for every product");
        }
        for (Map.Entry<String, Integer> entry : new TreeMap<>(schedule.bufferOf()).entrySet()) {
            line(
                    "buffer %d [%d] holds %s",
                    entry.getValue(), schedule.buffers().get(entry.getValue()).length(), entry.getKey());
        }
        schedule.swapped().forEach(product -> line("swap after %s", product));
    }
}
