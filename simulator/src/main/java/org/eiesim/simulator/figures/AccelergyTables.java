package org.eiesim.simulator.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eiesim.compiler.yaml.YamlTree.Mapping;
import org.eiesim.compiler.yaml.YamlTree.Sequence;
import org.eiesim.compiler.yaml.YamlTree.Value;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.figures.OwnFigures.Own;
import org.jspecify.annotations.Nullable;

/**
 * Reads Accelergy's energy reference table and area reference table (versions 0.3 and 0.4):
 *
 * <pre>
 * ERT: {version: 0.4, tables: [{name: system.eie.spmat_read[1..64], actions: [{name: read_row, energy: 35.9}]}]}
 * ART: {version: 0.4, tables: [{name: system.eie.spmat_read[1..64], area: 465375}]}
 * </pre>
 *
 * or their summaries ({@code ERT_summary} and {@code ART_summary} with {@code table_summary}). Energies are pJ, areas um2 of
 * one instance. A component is mapped by the last part of its name, without {@code [...]}; component and action must be
 * names of {@link FigureNames}, which are those that {@code --action-counts} writes. What cannot be mapped is refused.
 */
final class AccelergyTables {
    private static final List<String> ROOTS = List.of("ERT", "ART", "ERT_summary", "ART_summary");

    private final String where;
    private final Map<String, Own> actions;
    private final Map<String, Own> areas;

    /** Adds what is read to two maps. */
    AccelergyTables(String where, Map<String, Own> actions, Map<String, Own> areas) {
        this.where = where;
        this.actions = actions;
        this.areas = areas;
    }

    /** Tells whether a document is such a table, by its first key. */
    static boolean isOne(Value root) {
        return root instanceof Mapping map && map.entries().keySet().stream().anyMatch(ROOTS::contains);
    }

    void read(Value root) throws FormatException {
        Mapping map = ((Mapping) root);
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            String key = entry.getKey();
            FigureValues.requireKnown(key, "key", ROOTS, map.keyLines().getOrDefault(key, 1), where);
            for (Value table : tables(key, entry.getValue())) {
                if (key.startsWith("ERT")) {
                    energies(mapping(table, "a table of " + key));
                } else {
                    area(mapping(table, "a table of " + key));
                }
            }
        }
    }

    private List<Value> tables(String key, Value value) throws FormatException {
        String list = key.endsWith("_summary") ? "table_summary" : "tables";
        Mapping map = mapping(value, key);
        if (map.entries().get(list) instanceof Sequence tables) {
            return tables.items();
        }
        throw error(value.line(), key + " needs a list " + list);
    }

    private void energies(Mapping table) throws FormatException {
        FigureValues values = new FigureValues(table, "a table", where);
        String name = values.text("name");
        String component = component(name, List.copyOf(FigureNames.ACTIONS.keySet()), table.line());
        List<String> known = FigureNames.ACTIONS.getOrDefault(component, List.of());
        for (Value item : values.items("actions")) {
            FigureValues action =
                    new FigureValues(mapping(item, "an action of " + name), "an action of " + name, where);
            String called = action.text("name");
            FigureValues.requireKnown(called, "action of " + name, known, item.line(), where);
            boolean isAverage = action.get("energy") == null && action.get("average_energy") != null;
            Own own = new Own(
                    action.number(isAverage ? "average_energy" : "energy"),
                    "Accelergy, " + where + ", " + name + "." + called);
            Own before = actions.put(component + "." + called, own);
            requireOnce(before, own, name + "." + called, item.line());
        }
    }

    private void area(Mapping table) throws FormatException {
        FigureValues values = new FigureValues(table, "a table", where);
        String name = values.text("name");
        List<String> known = new ArrayList<>(FigureNames.AREAS);
        String component = component(name, known, table.line());
        Own own = new Own(values.number("area"), "Accelergy, " + where + ", " + name);
        requireOnce(areas.put(component, own), own, name, table.line());
    }

    private void requireOnce(@Nullable Own before, Own own, String name, int line) throws FormatException {
        if (before != null && before.value() != own.value()) {
            throw error(line, name + " has two values, " + before.value() + " and " + own.value() + "; leave one");
        }
    }

    private String component(String name, List<String> known, int line) throws FormatException {
        String last = name.replaceAll("\\[[^]]*]", "");
        last = last.substring(last.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        FigureValues.requireKnown(last, "component " + name + ":", known, line, where);
        return last;
    }

    private Mapping mapping(Value value, String what) throws FormatException {
        if (value instanceof Mapping map) {
            return map;
        }
        throw error(value.line(), what + " takes a map");
    }

    private FormatException error(int line, String reason) {
        return new FormatException(where + " line " + line, reason);
    }
}
