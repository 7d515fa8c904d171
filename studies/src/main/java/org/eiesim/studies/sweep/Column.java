package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.eiesim.simulator.config.Domain;
import org.eiesim.simulator.config.Parameter;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.energy.Component;
import org.eiesim.simulator.stats.Statistic;
import org.eiesim.simulator.stats.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * One column of the table.
 *
 * @param name its heading
 * @param kind the type of its values
 * @param unit their unit, empty where there is none
 * @param meaning what they are
 * @param value the value of a line: Long, Double, Boolean or String by kind, or null where the line has none
 */
record Column(String name, Kind kind, String unit, String meaning, Function<TableLine, @Nullable Object> value) {
    /** Types of values. */
    enum Kind {
        /** Whole numbers, held as Long. */
        INTEGER,
        /** Numbers, held as Double. */
        DECIMAL,
        /** true or false. */
        FLAG,
        /** Text. */
        TEXT
    }

    /** Every column, in the order of the table. */
    static final List<Column> ALL = all();

    private static List<Column> all() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("point", Kind.INTEGER, "", "The machine's number in the sweep, from 0.", line ->
                (long) line.point().index()));
        columns.add(new Column(
                "workload",
                Kind.TEXT,
                "",
                "The workload.",
                line -> line.workload().name()));
        columns.add(new Column(
                "status",
                Kind.TEXT,
                "",
                "`ok`, or `impossible` where no such machine exists or it cannot run the workload; all results are"
                        + " empty then and `reason` says why.",
                line -> line.row().isPossible() ? "ok" : "impossible"));
        for (Parameter<?> parameter : Parameters.ALL) {
            columns.add(parameter(parameter));
        }
        for (int i = 0; i < Statistics.ALL.size(); i++) {
            columns.add(statistic(i));
        }
        addResults(columns);
        columns.add(new Column(
                "pareto",
                Kind.FLAG,
                "",
                "Whether no other machine of the sweep runs this workload in no more time, energy and area, and less of"
                        + " one of them.",
                ifPossible(TableLine::pareto)));
        columns.add(new Column(
                "reason",
                Kind.TEXT,
                "",
                "Why the line has no results.",
                line -> line.row().isPossible() ? null : line.row().reason()));
        return List.copyOf(columns);
    }

    private static void addResults(List<Column> columns) {
        columns.add(decimal(
                "utilization",
                "",
                "Share of PE cycles that multiply: accumulates / (pes x cycles).",
                TableLine::utilization));
        columns.add(decimal("time_us", "us", "cycles / clock_mhz.", TableLine::timeUs));
        columns.add(decimal(
                "energy_nj",
                "nJ",
                "Energy of the run, leakage not counted: the sum of the next columns.",
                line -> line.row().totalEnergyPj() / 1e3));
        for (int i = 0; i < SweepRow.ENERGY_COMPONENTS.size(); i++) {
            int index = i;
            Component component = SweepRow.ENERGY_COMPONENTS.get(i);
            columns.add(decimal(
                    "energy_" + component.name().toLowerCase(Locale.ROOT) + "_nj",
                    "nJ",
                    component.label() + ": " + component.text() + ".",
                    line -> line.row().energyPj()[index] / 1e3));
        }
        columns.add(decimal("power_mw", "mW", "energy_nj / time_us.", TableLine::powerMw));
        columns.add(decimal(
                "leakage_mw",
                "mW",
                "Leakage of the memories at 300 K with cells of `sram_cells`; in no other column.",
                line -> line.row().leakageMw()));
        columns.add(decimal(
                "area_mm2", "mm2", "Area of the machine.", line -> line.row().areaMm2()));
        columns.add(decimal(
                "energy_delay_nj_us", "nJ us", "Energy-delay product: energy_nj x time_us.", TableLine::energyDelay));
        columns.add(new Column(
                "extrapolated",
                Kind.FLAG,
                "",
                "Whether an energy was taken from outside its table (see docs/energy.md).",
                ifPossible(line -> line.row().extrapolated())));
    }

    private static Column parameter(Parameter<?> parameter) {
        String meaning = "Parameter of the machine (docs/machine.md).";
        if (parameter.domain() instanceof Domain.Integers) {
            return new Column(
                    parameter.key(),
                    Kind.INTEGER,
                    parameter.unit(),
                    meaning,
                    line -> Long.valueOf(line.text(parameter)));
        }
        if (parameter.domain() instanceof Domain.Decimals) {
            return new Column(
                    parameter.key(),
                    Kind.DECIMAL,
                    parameter.unit(),
                    meaning,
                    line -> Double.valueOf(line.text(parameter)));
        }
        return new Column(parameter.key(), Kind.TEXT, parameter.unit(), meaning, line -> line.text(parameter));
    }

    private static Column statistic(int index) {
        Statistic statistic = Statistics.ALL.get(index);
        return new Column(
                statistic.name(),
                Kind.INTEGER,
                statistic.unit(),
                statistic.text(),
                ifPossible(line -> line.row().statistics()[index]));
    }

    private static Column decimal(String name, String unit, String meaning, Function<TableLine, Double> value) {
        return new Column(name, Kind.DECIMAL, unit, meaning, ifPossible(value::apply));
    }

    private static Function<TableLine, @Nullable Object> ifPossible(Function<TableLine, Object> value) {
        return line -> line.row().isPossible() ? value.apply(line) : null;
    }

    /**
     * Returns the table for docs/sweeps.md: Markdown, ending with a line break. Parameters and statistics are those of
     * docs/machine.md and take one row each.
     */
    static String markdown() {
        StringBuilder text = new StringBuilder("| column | type | unit | meaning |\n| --- | --- | --- | --- |\n");
        List<String> parameters = Parameters.ALL.stream().map(Parameter::key).toList();
        List<String> statistics = Statistics.ALL.stream().map(Statistic::name).toList();
        for (Column column : ALL) {
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
