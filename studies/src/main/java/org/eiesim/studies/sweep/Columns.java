package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.energy.Component;
import org.eiesim.simulator.stats.Ratio;
import org.eiesim.simulator.stats.Statistic;
import org.eiesim.simulator.stats.Statistics;
import org.eiesim.studies.sweep.Column.Kind;
import org.jspecify.annotations.Nullable;

/** The columns of the two tables of a sweep: a line per machine and workload, and a line per layer of each. */
final class Columns {
    /** Every column of the main table, in its order. */
    static final List<Column<TableLine>> ALL = all();

    /** Every column of the table of layers, in its order. */
    static final List<Column<LayerLine>> LAYERS = layers();

    private Columns() {}

    private static List<Column<TableLine>> all() {
        List<Column<TableLine>> columns = new ArrayList<>();
        columns.add(new Column<>("point", Kind.INTEGER, "", "The machine's number in the sweep, from 0.", line ->
                (long) line.point().index()));
        columns.add(new Column<>(
                "workload",
                Kind.TEXT,
                "",
                "The workload.",
                line -> line.workload().name()));
        columns.add(new Column<>(
                "status",
                Kind.TEXT,
                "",
                "`ok`; `infeasible` where the machine cannot keep its clock (`infeasible` says why); `impossible`"
                        + " where no such machine exists or it cannot run the workload; all results are empty then and"
                        + " `reason` says why.",
                Columns::status));
        for (Parameter<?> parameter : Parameters.ALL) {
            columns.add(parameter(parameter));
        }
        for (int i = 0; i < Statistics.ALL.size(); i++) {
            int index = i;
            Statistic statistic = Statistics.ALL.get(i);
            columns.add(new Column<>(
                    statistic.name(),
                    Kind.INTEGER,
                    statistic.unit(),
                    statistic.text(),
                    ifPossible(line -> line.row().statistic(index))));
        }
        addResults(columns);
        addMachine(columns);
        columns.add(new Column<>(
                "pareto",
                Kind.FLAG,
                "",
                "Whether the machine can keep its clock, and no other that can runs this workload in no more time"
                        + " (with transfers, unless the specification says `front_time: on_chip`), energy and area, and"
                        + " less of one of them.",
                ifPossible(TableLine::pareto)));
        columns.add(new Column<>(
                "reason",
                Kind.TEXT,
                "",
                "Why the line has no results.",
                line -> line.row().isPossible() ? null : line.row().reason()));
        return List.copyOf(columns);
    }

    private static String status(TableLine line) {
        if (!line.row().isPossible()) {
            return "impossible";
        }
        return line.infeasible() == null ? "ok" : "infeasible";
    }

    private static void addResults(List<Column<TableLine>> columns) {
        for (int i = 0; i < Statistics.RATIOS.size(); i++) {
            int index = i;
            Ratio ratio = Statistics.RATIOS.get(i);
            columns.add(decimal(
                    ratio.name(),
                    "",
                    ratio.text() + " " + ratio.formula() + ".",
                    line -> line.row().ratios()[index]));
        }
        columns.add(new Column<>(
                "inputs",
                Kind.INTEGER,
                "",
                "Inputs run; counts, time and energy are of all of them.",
                ifPossible(line -> (long) line.row().inputs())));
        columns.add(new Column<>(
                "accuracy",
                Kind.DECIMAL,
                "",
                "Fraction of the inputs classified rightly; empty where their classes are not known.",
                line -> Double.isNaN(line.row().accuracy()) ? null : line.row().accuracy()));
        columns.add(decimal("time_us", "us", "Time on chip: cycles / clock_mhz.", TableLine::timeUs));
        columns.add(decimal(
                "streamed_us",
                "us",
                "Time with the transfers of weights that do not stay on chip (docs/machine.md).",
                line -> line.row().streamedUs()));
        columns.add(decimal(
                "energy_nj",
                "nJ",
                "Energy of the run: the sum of the next columns. Leakage is 0 among them unless `leakage` is"
                        + " `included`.",
                TableLine::energyNj));
        for (int i = 0; i < SweepRow.ENERGY_COMPONENTS.size(); i++) {
            int index = i;
            Component component = SweepRow.ENERGY_COMPONENTS.get(i);
            columns.add(decimal(
                    energyName(component),
                    "nJ",
                    energyMeaning(component),
                    line -> line.row().energyPj(index) / 1e3));
        }
        columns.add(decimal("power_mw", "mW", "energy_nj / time_us.", TableLine::powerMw));
        columns.add(decimal(
                "cycles_per_input",
                "cycles",
                "cycles / inputs.",
                line -> line.perInput((double) line.row().cycles())));
        columns.add(decimal("time_us_per_input", "us", "time_us / inputs.", line -> line.perInput(line.timeUs())));
        columns.add(decimal(
                "streamed_us_per_input",
                "us",
                "streamed_us / inputs.",
                line -> line.perInput(line.row().streamedUs())));
        columns.add(
                decimal("energy_nj_per_input", "nJ", "energy_nj / inputs.", line -> line.perInput(line.energyNj())));
        columns.add(decimal(
                "energy_delay_nj_us",
                "nJ us",
                "Energy-delay product: energy_nj x streamed_us.",
                TableLine::energyDelay));
    }

    private static void addMachine(List<Column<TableLine>> columns) {
        columns.add(decimal(
                "leakage_mw",
                "mW",
                "Leakage of the memories at 300 K with cells of `sram_cells`; part of energy and power only where"
                        + " `leakage` is `included`.",
                line -> line.row().leakageMw()));
        columns.add(decimal(
                "area_mm2", "mm2", "Area of the machine.", line -> line.row().areaMm2()));
        columns.add(new Column<>(
                "infeasible",
                Kind.TEXT,
                "",
                "Why the machine cannot keep its clock; empty where it can.",
                TableLine::infeasible));
        columns.add(new Column<>(
                "limiting_part",
                Kind.TEXT,
                "",
                "The memory or stage that sets the highest clock (docs/energy.md).",
                line -> line.path() == null ? null : line.path().limiting().name()));
        columns.add(new Column<>(
                "highest_clock_mhz",
                Kind.DECIMAL,
                "MHz",
                "The highest clock its time allows.",
                line -> line.path() == null ? null : line.path().highestClockMhz()));
        columns.add(new Column<>(
                "extrapolated",
                Kind.FLAG,
                "",
                "Whether an energy was taken from outside its table (see docs/energy.md).",
                ifPossible(line -> line.row().extrapolated())));
    }

    private static String energyName(Component component) {
        return "energy_" + component.name().toLowerCase(Locale.ROOT) + "_nj";
    }

    private static String energyMeaning(Component component) {
        return component.label() + ": " + component.text() + ".";
    }

    private static List<Column<LayerLine>> layers() {
        List<Column<LayerLine>> columns = new ArrayList<>();
        columns.add(new Column<>("point", Kind.INTEGER, "", "The machine's number, as in the main table.", line ->
                (long) line.line().point().index()));
        columns.add(new Column<>(
                "workload",
                Kind.TEXT,
                "",
                "The workload.",
                line -> line.line().workload().name()));
        columns.add(new Column<>(
                "index", Kind.INTEGER, "", "The layer's place in the workload, from 0.", line -> (long) line.index()));
        columns.add(new Column<>(
                "layer", Kind.TEXT, "", "The layer.", line -> line.layer().name()));
        for (int i = 0; i < Statistics.ALL.size(); i++) {
            int index = i;
            Statistic statistic = Statistics.ALL.get(i);
            columns.add(new Column<>(
                    statistic.name(),
                    Kind.INTEGER,
                    statistic.unit(),
                    statistic.text(),
                    line -> line.layer().statistics()[index]));
        }
        for (int i = 0; i < Statistics.RATIOS.size(); i++) {
            int index = i;
            Ratio ratio = Statistics.RATIOS.get(i);
            columns.add(ofLayer(
                    ratio.name(),
                    "",
                    ratio.text() + " " + ratio.formula() + ".",
                    line -> line.layer().ratios()[index]));
        }
        columns.add(ofLayer("time_us", "us", "Time on chip: cycles / clock_mhz.", LayerLine::timeUs));
        columns.add(ofLayer(
                "streamed_us",
                "us",
                "Time with transfers.",
                line -> line.layer().streamedUs()));
        columns.add(ofLayer("energy_nj", "nJ", "Energy: the sum of the next columns.", LayerLine::energyNj));
        for (int i = 0; i < SweepRow.ENERGY_COMPONENTS.size(); i++) {
            int index = i;
            Component component = SweepRow.ENERGY_COMPONENTS.get(i);
            columns.add(ofLayer(
                    energyName(component),
                    "nJ",
                    energyMeaning(component),
                    line -> line.layer().energyPj()[index] / 1e3));
        }
        return List.copyOf(columns);
    }

    private static Column<LayerLine> ofLayer(
            String name, String unit, String meaning, Function<LayerLine, Double> value) {
        return new Column<>(name, Kind.DECIMAL, unit, meaning, value::apply);
    }

    private static Column<TableLine> parameter(Parameter<?> parameter) {
        String meaning = "Parameter of the machine (docs/machine.md).";
        if (parameter.domain() instanceof NumberDomain.Integers) {
            return new Column<>(
                    parameter.key(),
                    Kind.INTEGER,
                    parameter.unit(),
                    meaning,
                    line -> Long.valueOf(line.text(parameter)));
        }
        if (parameter.domain() instanceof NumberDomain.Decimals) {
            return new Column<>(
                    parameter.key(),
                    Kind.DECIMAL,
                    parameter.unit(),
                    meaning,
                    line -> Double.valueOf(line.text(parameter)));
        }
        return new Column<>(parameter.key(), Kind.TEXT, parameter.unit(), meaning, line -> line.text(parameter));
    }

    private static Column<TableLine> decimal(
            String name, String unit, String meaning, Function<TableLine, Double> value) {
        return new Column<>(name, Kind.DECIMAL, unit, meaning, ifPossible(value::apply));
    }

    private static Function<TableLine, @Nullable Object> ifPossible(Function<TableLine, Object> value) {
        return line -> line.row().isPossible() ? value.apply(line) : null;
    }

    /**
     * Returns the table for docs/sweeps.md: Markdown, ending with a line break. Parameters and statistics are those of
     * docs/machine.md and take one row each.
     */
    static String markdown() {
        return markdown(ALL);
    }

    /** Returns the table of layers for docs/sweeps.md in the same way. */
    static String layersMarkdown() {
        return markdown(LAYERS);
    }

    private static <L> String markdown(List<Column<L>> columns) {
        StringBuilder text = new StringBuilder("| column | type | unit | meaning |\n| --- | --- | --- | --- |\n");
        List<String> parameters = Parameters.ALL.stream().map(Parameter::key).toList();
        List<String> statistics = Statistics.ALL.stream().map(Statistic::name).toList();
        for (Column<L> column : columns) {
            if (column.name().equals(parameters.get(0))) {
                text.append("| every parameter of docs/machine.md | | | The machine. |\n");
            } else if (column.name().equals(statistics.get(0))) {
                text.append("| every statistic of docs/machine.md | integer | | What happened, over all PEs. |\n");
            } else if (!parameters.contains(column.name()) && !statistics.contains(column.name())) {
                text.append("| `").append(column.name()).append("` | ");
                text.append(column.kind().name().toLowerCase(Locale.ROOT)).append(" | ");
                text.append(column.unit()).append(" | ");
                text.append(column.meaning()).append(" |\n");
            }
        }
        return text.toString();
    }
}
