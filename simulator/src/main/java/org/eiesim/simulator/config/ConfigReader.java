package org.eiesim.simulator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.ParameterTable;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.parameter.WordDomain;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.compiler.yaml.YamlTree.Mapping;
import org.eiesim.kernels.bits.FormatException;

/**
 * Reads a machine from YAML: one flat mapping of parameter keys to values. The key {@code base} names the preset that
 * holds for all keys not written; without it the defaults of {@link Parameters} do.
 */
public final class ConfigReader {
    /** The preset that holds for what a file does not say. */
    private static final Parameter<String> BASE = new Parameter<>(
            "base",
            new WordDomain.Words(Presets.names()),
            null,
            "",
            null,
            "The preset that holds for every parameter not written; without it the defaults do.");

    /** What a machine's file may say. */
    static final ParameterTable FILE = new ParameterTable(
            "a machine", Stream.concat(Stream.of(BASE), Parameters.ALL.stream()).toList(), Parameters.REMARK);

    private static final long MAX_FILE_BYTES = 1 << 20;

    private ConfigReader() {}

    /**
     * Reads a preset or a file.
     *
     * @param nameOrFile a name of {@link Presets#names()}, else the path of a YAML file
     * @return the machine
     * @throws IOException if the file cannot be read, and {@link FormatException} if it is neither or is not right
     */
    public static MachineConfig open(String nameOrFile) throws IOException {
        if (Presets.names().contains(nameOrFile)) {
            return Presets.load(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new FormatException(
                    nameOrFile, "is neither a file nor a preset (" + String.join(", ", Presets.names()) + ")");
        }
        return read(file);
    }

    /**
     * Reads a file.
     *
     * @param file a YAML file
     * @return the machine
     * @throws IOException if it cannot be read, and {@link FormatException} naming the line if it is not right
     */
    public static MachineConfig read(Path file) throws IOException {
        Path folder = file.getParent();
        return parse(YamlTree.text(file, MAX_FILE_BYTES), file.toString(), folder == null ? Path.of("") : folder);
    }

    /**
     * Reads a text.
     *
     * @param yaml the text
     * @param where what errors call it
     * @return the machine
     * @throws FormatException naming the line if it is not right: not a flat mapping, a key unknown (with the nearest
     *     known one) or twice, a value outside its range
     */
    public static MachineConfig parse(String yaml, String where) throws FormatException {
        return parse(yaml, where, Path.of(""));
    }

    /** Files the machine names are looked for beside its own. */
    private static MachineConfig parse(String yaml, String where, Path folder) throws FormatException {
        Mapping map = YamlTree.readMapping(yaml, "a machine", where);
        Map<String, Object> given = Settings.read(FILE, map, where, folder);
        Object baseName = given.remove(BASE.key());
        MachineConfig base = baseName == null
                ? MachineConfig.defaults()
                : Presets.load(BASE.domain().cast(baseName));
        try {
            return base.with(given);
        } catch (IllegalArgumentException e) {
            throw new FormatException(where, String.valueOf(e.getMessage()));
        }
    }
}
