package org.eiesim.simulator.config;

import java.util.Locale;

/** The parameter table as documents show it. */
public final class ParameterTable {
    private ParameterTable() {}

    /**
     * Returns the table for docs/machine.md.
     *
     * @return Markdown, one row per parameter, ending with a line break
     */
    public static String markdown() {
        StringBuilder text = new StringBuilder("| parameter | default | range | unit | concerns | meaning |\n")
                .append("| --- | --- | --- | --- | --- | --- |\n");
        for (Parameter<?> parameter : Parameters.ALL) {
            text.append("| `").append(parameter.key()).append("` | ");
            text.append(parameter.defaultText()).append(" | ");
            text.append(parameter.domain().range().replace("|", "\\|")).append(" | ");
            text.append(parameter.unit()).append(" | ");
            text.append(concern(parameter)).append(" | ");
            text.append(parameter.help()).append(" |\n");
        }
        return text.toString();
    }

    /**
     * Returns the table for a terminal: key, default, range and unit, with the meaning below each.
     *
     * @return lines, each ending with a line break
     */
    public static String plain() {
        StringBuilder text = new StringBuilder();
        for (Parameter<?> parameter : Parameters.ALL) {
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
     * Returns a machine as a YAML file that {@link ConfigReader} reads back.
     *
     * @param config the machine
     * @return one line per parameter, with its unit as comment
     */
    public static String yaml(MachineConfig config) {
        StringBuilder text = new StringBuilder();
        for (Parameter<?> parameter : Parameters.ALL) {
            String line = parameter.key() + ": " + config.text(parameter);
            text.append(
                    parameter.unit().isEmpty()
                            ? line
                            : String.format(Locale.ROOT, "%-32s # %s", line, parameter.unit()));
            text.append('\n');
        }
        return text.toString();
    }

    private static String concern(Parameter<?> parameter) {
        return parameter.concern().name().toLowerCase(Locale.ROOT);
    }
}
