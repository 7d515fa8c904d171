package org.eiesim.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.LayerRun;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.simulator.machine.ProgramRun;
import org.eiesim.simulator.stats.Statistics;
import org.eiesim.studies.simulation.EnergyParts;
import org.eiesim.studies.simulation.MachineName;
import org.eiesim.studies.simulation.OverCapacity;
import org.eiesim.studies.simulation.RunCost;
import org.eiesim.studies.simulation.SimulationResult;

/** A simulation's result for people: a table of the layers, what is worth saying besides, and the sum of it. */
final class SimulationText {
    private final SimulationResult result;
    private final ProgramRun run;

    /** A row of the table: a layer, or all of them. */
    private record Row(String name, String kind, String shape, EventRecord events, double streamedUs) {}

    /** A row of the host's table: an operation, or all of them. */
    private record HostRow(String name, String kind, long values, long operations, long saturations) {}

    private SimulationText(SimulationResult result) {
        this.result = result;
        this.run = result.run();
    }

    static void print(PrintWriter out, SimulationResult result, Path source, String architecture) {
        new SimulationText(result).print(out, source, architecture);
    }

    private void print(PrintWriter out, Path source, String architecture) {
        String engine = result.simulation().engine().name().toLowerCase(Locale.ROOT);
        MachineName machine = MachineName.of(architecture, result.job().config());
        out.println(result.job().name() + " (" + source + ") on " + machine.text() + ", "
                + result.job().config().pes() + " PEs, " + numbers() + ", " + engine + " engine, "
                + plural(run.numInputs(), "input"));
        out.println(run.numInputs() > 1 ? "means over the inputs, saturations of all of them:" : "");
        List<Row> rows = run.layers().stream().map(SimulationText::row).toList();
        out.print(table().format(rows, rows.size() > 1 ? List.of(total()) : List.of()));
        if (!run.hostOperations().isEmpty()) {
            out.println();
            printHostOperations(out);
        }
        out.println();
        for (OverCapacity over : result.job().overCapacity()) {
            out.println("over capacity: layer " + over.layer() + " needs " + over.parameter() + "=" + over.needed()
                    + ", the machine has " + over.available());
        }
        result.notes().forEach(note -> out.println("note: " + note));
        RunCost cost = result.cost();
        cost.model().notes().forEach(note -> out.println("note: " + note));
        out.println(verdict());
        energy(cost).forEach(out::println);
    }

    private void printHostOperations(PrintWriter out) {
        List<HostRow> rows = run.hostOperations().stream()
                .map(host -> new HostRow(
                        host.name(),
                        host.kind().name().toLowerCase(Locale.ROOT),
                        host.values(),
                        host.operations(),
                        host.saturations()))
                .toList();
        HostRow total = new HostRow(
                "total",
                "",
                rows.stream().mapToLong(HostRow::values).sum(),
                rows.stream().mapToLong(HostRow::operations).sum(),
                rows.stream().mapToLong(HostRow::saturations).sum());
        out.println("on the host, which takes no cycles here" + (run.numInputs() > 1 ? ", all inputs together:" : ":"));
        out.print(new Table<HostRow>()
                .text("host operation", HostRow::name)
                .text("kind", HostRow::kind)
                .count("values", HostRow::values)
                .count("operations", HostRow::operations)
                .count("saturations", HostRow::saturations)
                .format(rows, rows.size() > 1 ? List.of(total) : List.of()));
    }

    private List<String> energy(RunCost cost) {
        double inputs = Math.max(1, run.numInputs());
        EnergyParts energy = cost.energyNj();
        EnergyParts power = cost.powerMw();
        String cells = EnergyParts.cells(cost.total());
        boolean isLeakageCounted = cost.model().isLeakageIncluded();
        String leakage = isLeakageCounted
                ? " + " + ScaledNumbers.energy(energy.leakage() / inputs) + " leakage of " + cells + " cells"
                : "";
        String leakagePower = isLeakageCounted
                ? " + " + ScaledNumbers.power(power.leakage()) + " leakage of " + cells + " cells"
                : "";
        String apart = isLeakageCounted
                ? ""
                : "leakage of " + ScaledNumbers.power(cost.model().leakagePowerMw()) + " (" + cells + " cells) and ";
        return List.of(
                ScaledNumbers.energy(energy.total() / inputs) + (run.numInputs() > 1 ? " an input" : "") + " = "
                        + ScaledNumbers.energy(energy.chip() / inputs) + " chip + "
                        + ScaledNumbers.energy(energy.dram() / inputs) + " DRAM" + leakage,
                ScaledNumbers.power(power.total()) + " = " + ScaledNumbers.power(power.chip()) + " chip + "
                        + ScaledNumbers.power(power.dram()) + " DRAM" + leakagePower + "; " + apart + "setup apart; "
                        + ScaledNumbers.area(cost.model().area().mm2()));
    }

    private String numbers() {
        if (result.simulation().numeric() == Numeric.FLOAT32) {
            return "float32";
        }
        return "fixed point";
    }

    private Table<Row> table() {
        double inputs = Math.max(1, run.numInputs());
        int decimals = run.numInputs() > 1 ? 1 : 0;
        return new Table<Row>()
                .text("layer", Row::name)
                .text("kind", Row::kind)
                .text("shape", Row::shape)
                .decimal("cycles", decimals, row -> row.events().cycles / inputs)
                .number("on chip", row -> ScaledNumbers.time(microseconds(row.events()) / inputs))
                .number("streamed", row -> ScaledNumbers.time(row.streamedUs() / inputs))
                .decimal("broadcasts", decimals, row -> row.events().broadcasts / inputs)
                .decimal("accumulates", decimals, row -> sum(row.events().accumulates) / inputs)
                .decimal("padding", decimals, row -> sum(row.events().paddingEntries) / inputs)
                .decimal("utilisation %", 1, row -> 100 * Statistics.UTILISATION.of(row.events()))
                .decimal("balance %", 1, row -> 100 * Statistics.BALANCE.of(row.events()))
                .decimal("starved %", 1, row -> starvedPercent(row.events()))
                .count("saturations", row -> row.events().saturations);
    }

    private double microseconds(EventRecord events) {
        return result.job().config().microseconds(events.cycles);
    }

    private static double starvedPercent(EventRecord events) {
        double peCycles = (double) events.numPes() * events.cycles;
        return peCycles == 0 ? 0 : 100 * sum(events.starvedCycles) / peCycles;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static Row row(LayerRun layer) {
        String shape = String.join(
                "x", layer.layer().weightShape().stream().map(String::valueOf).toList());
        return new Row(
                layer.layer().name(),
                layer.layer().kind().name().toLowerCase(Locale.ROOT),
                shape,
                layer.events(),
                layer.streamedMicroseconds());
    }

    private Row total() {
        return new Row("total", "", "", result.events(), run.streamedMicroseconds());
    }

    private String verdict() {
        StringBuilder text = new StringBuilder();
        double inputs = Math.max(1, run.numInputs());
        text.append(
                run.numInputs() == 1
                        ? run.cycles() + " cycles"
                        : Table.decimal(result.cyclesPerInput(), 1) + " cycles an input");
        text.append(", ")
                .append(ScaledNumbers.time(result.timeMicroseconds() / inputs))
                .append(" on chip, ");
        text.append(ScaledNumbers.time(run.streamedMicroseconds() / inputs)).append(" with transfers");
        if (!Double.isNaN(result.accuracy())) {
            long hits = Math.round(result.accuracy() * run.numInputs());
            text.append("; accuracy ")
                    .append(Table.decimal(100 * result.accuracy(), 2))
                    .append(" % (");
            text.append(run.numInputs() - hits)
                    .append(" errors in ")
                    .append(run.numInputs())
                    .append(')');
        }
        if (result.simulation().numeric() == Numeric.FIXED_POINT) {
            text.append("; ").append(plural(run.saturations(), "saturation"));
        }
        if (result.simulation().isVerified()) {
            text.append("; equal to the functional reference, bit for bit");
        }
        return text.toString();
    }

    private static String plural(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
