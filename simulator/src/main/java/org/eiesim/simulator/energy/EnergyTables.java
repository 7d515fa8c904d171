package org.eiesim.simulator.energy;

import java.util.Locale;

/** The model's figures as docs/energy.md shows them. */
public final class EnergyTables {
    private EnergyTables() {}

    /**
     * Returns the single numbers of the model.
     *
     * @return Markdown, ending with a line break
     */
    public static String constants() {
        StringBuilder text = header("constant", "value", "unit", "meaning", "source");
        for (Constants.Constant constant : Constants.all()) {
            row(
                    text,
                    "`" + constant.name() + "`",
                    number(constant.figure().value()),
                    constant.unit(),
                    constant.meaning(),
                    constant.figure().source().toString());
        }
        return text.toString();
    }

    /**
     * Returns the operations of the datapath.
     *
     * @return Markdown, ending with a line break
     */
    public static String operations() {
        StringBuilder text = header("operation", "bits", "nm", "pJ", "um2", "source");
        for (LogicOperation operation : LogicOperation.values()) {
            for (LogicOperation.Point point : operation.points()) {
                row(
                        text,
                        operation.name().toLowerCase(Locale.ROOT),
                        number(point.bits()),
                        number(point.nm()),
                        number(point.energyPj()),
                        number(point.areaUm2()),
                        point.source().toString());
            }
        }
        return text.toString();
    }

    /**
     * Returns the stages whose gates may set the clock.
     *
     * @return Markdown, ending with a line break
     */
    public static String stages() {
        StringBuilder text = header("stage", "is", "bits", "nm", "ns", "source");
        for (Stage stage : Stage.all()) {
            Stage.Row row = stage.row();
            row(
                    text,
                    stage.label(),
                    row.meaning(),
                    number(row.bits()),
                    number(row.nm()),
                    number(row.delayNs()),
                    row.source().toString());
        }
        return text.toString();
    }

    /**
     * Returns what a machine's cycle must have time for.
     *
     * @param model the machine
     * @return Markdown, ending with a line break
     */
    public static String criticalPath(EnergyModel model) {
        StringBuilder text = header("in one cycle", "ns", "highest clock MHz");
        for (CriticalPath.Part part : model.criticalPath().parts()) {
            row(
                    text,
                    (part.isMemory() ? "read of the " : "") + part.name(),
                    number(part.delayNs().value()),
                    String.format(
                            Locale.ROOT, "%.0f", Math.floor(1e3 / part.delayNs().value())));
        }
        return text.toString();
    }

    /**
     * Returns what every action of a machine costs.
     *
     * @param model the machine
     * @return Markdown, ending with a line break
     */
    public static String actions(EnergyModel model) {
        StringBuilder text = header("component", "action", "pJ", "source");
        for (Action action : model.actions()) {
            row(
                    text,
                    action.component().label(),
                    "`" + action.name() + "`",
                    number(action.energyPj().value()),
                    action.energyPj().source().toString());
        }
        return text.toString();
    }

    /**
     * Returns the flip-flops of a machine's PE.
     *
     * @param model the machine
     * @return Markdown, ending with a line break
     */
    public static String registers(EnergyModel model) {
        StringBuilder text = header("module", "holds", "flip-flops", "2:1 multiplexers to read a word");
        for (RegisterGroup group : model.registers()) {
            row(
                    text,
                    group.component().label(),
                    group.name(),
                    Long.toString(group.bits()),
                    Long.toString(group.selectors()));
        }
        row(text, "PE", "", Long.toString(model.flipFlops()), "");
        return text.toString();
    }

    private static StringBuilder header(String... cells) {
        StringBuilder text = new StringBuilder();
        row(text, cells);
        return text.append('|').append(" --- |".repeat(cells.length)).append('\n');
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.4g", value);
    }
}
