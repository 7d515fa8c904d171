package org.eiesim.simulator.energy;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.figures.OwnFigures;

/**
 * The stages of a PE whose gates may set its clock, each with its delay at one node and width. The delay follows the
 * logarithm of the width, as trees of adders (Wallace 1964) and prefix adders (Kogge and Stone 1973) do, and the node's
 * length, as a gate of fan-out 4 does (Ho, Mai and Horowitz, Proc. IEEE 2001: about 0.4 ns per um of drawn gate).
 */
enum Stage {
    /** The multiplier; its width is that of the product. */
    MULTIPLY("multiplier") {
        @Override
        int bits(MachineConfig config) {
            return config.get(Parameters.WEIGHT_VALUE_BITS) + config.get(Parameters.ACTIVATION_BITS);
        }
    },
    /** From a column's pointers to the decision that the next one is popped; its width is a pointer's. */
    POINTERS_TO_POP("pointers to pop") {
        @Override
        int bits(MachineConfig config) {
            return config.get(Parameters.POINTER_BITS);
        }
    },
    /** Shift, addition and saturation; its width is an accumulator's. */
    ACCUMULATE("accumulator") {
        @Override
        int bits(MachineConfig config) {
            return config.get(Parameters.ACCUMULATOR_BITS);
        }
    };

    /** One row of the table. */
    record Row(double bits, double nm, double delayNs, Source source, String meaning) {}

    static final Source SCALING = new Source(
            Source.Basis.DERIVED,
            "scaled with the logarithm of the width (Wallace 1964; Kogge and Stone 1973) and with the node's length"
                    + " (Ho, Mai and Horowitz, Proc. IEEE 2001)");

    private static final Map<Stage, Row> TABLE = load();

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    private static Map<Stage, Row> load() {
        Map<Stage, Row> table = new EnumMap<>(Stage.class);
        for (CSVRecord row : TableFile.read("stages.csv")) {
            table.put(
                    valueOf(row.get("stage").toUpperCase(Locale.ROOT)),
                    new Row(
                            TableFile.number(row, "bits"),
                            TableFile.number(row, "technology_nm"),
                            TableFile.number(row, "delay_ns"),
                            TableFile.source(row),
                            row.get("meaning")));
        }
        return table;
    }

    /** Returns the width that sets its delay. */
    abstract int bits(MachineConfig config);

    String label() {
        return label;
    }

    Row row() {
        return Objects.requireNonNull(TABLE.get(this), name());
    }

    private Row row(Tables at) {
        OwnFigures.Operation own = at.own().stages().get(name().toLowerCase(Locale.ROOT));
        return own == null
                ? row()
                : new Row(own.bits(), at.own().nm(), own.delayNs(), Tables.source(own.source()), row().meaning());
    }

    /** Returns how long the gates of a machine's stage take: {@code delay (nm / nm0) ln(bits) / ln(bits0)}, in ns. */
    Figure delayNs(MachineConfig config) {
        Row row = row(Tables.of(config));
        double nm = config.get(Parameters.TECHNOLOGY_NM);
        int bits = bits(config);
        Figure delay = new Figure(row.delayNs(), row.source());
        if (bits == row.bits() && nm == row.nm()) {
            return delay;
        }
        return delay.times(new Figure(nm / row.nm() * Math.log(bits) / Math.log(row.bits()), SCALING));
    }

    static List<Stage> all() {
        return List.of(values());
    }
}
