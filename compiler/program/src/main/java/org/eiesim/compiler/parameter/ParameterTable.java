package org.eiesim.compiler.parameter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eiesim.kernels.check.EditDistance;
import org.eiesim.kernels.check.Quotes;

/** The parameters of one thing, in the order of documents and files. */
public final class ParameterTable {
    private final String owner;
    private final String remark;
    private final List<Parameter<?>> parameters;
    private final Map<String, Parameter<?>> byKey = new LinkedHashMap<>();

    /**
     * Makes a table.
     *
     * @param owner whose parameters they are, for messages: {@code a machine}, {@code method train}
     * @param parameters its rows
     * @throws IllegalArgumentException if two have one key
     */
    public ParameterTable(String owner, List<? extends Parameter<?>> parameters) {
        this(owner, parameters, "");
    }

    /**
     * Makes a table.
     *
     * @param owner whose parameters they are, for messages: {@code a machine}, {@code method train}
     * @param parameters its rows
     * @param remark what a message that a parameter is unknown ends with, such as where all are listed
     * @throws IllegalArgumentException if two have one key
     */
    public ParameterTable(String owner, List<? extends Parameter<?>> parameters, String remark) {
        this.owner = owner;
        this.remark = remark;
        this.parameters = List.copyOf(parameters);
        for (Parameter<?> parameter : parameters) {
            if (byKey.put(parameter.key(), parameter) != null) {
                throw new IllegalArgumentException(owner + " has two parameters " + parameter.key());
            }
        }
    }

    /**
     * Whose parameters they are.
     *
     * @return as messages say it
     */
    public String owner() {
        return owner;
    }

    /**
     * Its rows.
     *
     * @return the parameters in order
     */
    public List<Parameter<?>> parameters() {
        return parameters;
    }

    /**
     * The names of its rows.
     *
     * @return the keys in order
     */
    public List<String> keys() {
        return List.copyOf(byKey.keySet());
    }

    /**
     * Finds a parameter.
     *
     * @param key its key
     * @return the parameter
     * @throws IllegalArgumentException if there is none; the message names the nearest key there is
     */
    public Parameter<?> byKey(String key) {
        Parameter<?> parameter = byKey.get(key);
        if (parameter == null) {
            throw new IllegalArgumentException("unknown parameter " + Quotes.quote(key) + " of " + owner
                    + (byKey.isEmpty() ? ", which has none" : EditDistance.hint(", did you mean %s?", key, keys()))
                    + remark);
        }
        return parameter;
    }

    /**
     * The table for a document.
     *
     * @return Markdown, one row per parameter, ending with a line break
     */
    public String markdown() {
        Reach first = parameters.isEmpty() ? null : parameters.get(0).reach();
        boolean reaches = first != null;
        String heading = first == null ? "" : first.heading();
        boolean units =
                parameters.stream().anyMatch(parameter -> !parameter.unit().isEmpty());
        StringBuilder text = new StringBuilder();
        appendRow(text, cells("parameter", heading, "type", "default", "values", "unit", "meaning", reaches, units));
        appendRow(text, cells("---", "---", "---", "---", "---", "---", "---", reaches, units));
        for (Parameter<?> parameter : parameters) {
            appendRow(
                    text,
                    cells(
                            "`" + parameter.key() + "`",
                            parameter.reachWord(),
                            parameter.domain().kind(),
                            parameter.defaultText(),
                            parameter.domain().range(),
                            parameter.unit(),
                            parameter.help(),
                            reaches,
                            units));
        }
        return text.toString();
    }

    private static List<String> cells(
            String key,
            String reach,
            String kind,
            String defaultText,
            String range,
            String unit,
            String help,
            boolean reaches,
            boolean units) {
        List<String> cells = new ArrayList<>(List.of(key));
        if (reaches) {
            cells.add(reach);
        }
        cells.addAll(List.of(kind, defaultText, range));
        if (units) {
            cells.add(unit);
        }
        cells.add(help);
        return cells;
    }

    private static void appendRow(StringBuilder text, List<String> cells) {
        text.append("| ");
        text.append(String.join(
                " | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()));
        text.append(" |\n");
    }

    /**
     * The table for a terminal: key, default, values and unit, with the meaning below each.
     *
     * @return lines, each ending with a line break
     */
    public String plain() {
        StringBuilder text = new StringBuilder();
        for (Parameter<?> parameter : parameters) {
            text.append(String.format(
                            Locale.ROOT,
                            "%-22s default %-12s range %s %s",
                            parameter.key(),
                            parameter.defaultText(),
                            parameter.domain().range(),
                            parameter.unit())
                    .stripTrailing());
            text.append("\n    ").append(parameter.help()).append('\n');
        }
        return text.toString();
    }

    /**
     * The table in JSON Schema.
     *
     * @return a schema by key, in order
     */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach(parameter -> properties.put(parameter.key(), parameter.schema()));
        return properties;
    }
}
