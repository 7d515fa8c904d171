package org.eiesim.simulator.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.figures.OwnFigures;

/**
 * Reads a machine from YAML: one flat mapping of parameter keys to values. The key {@code base} names the preset that
 * holds for all keys not written; without it the defaults of {@link Parameters} do.
 */
public final class ConfigReader {
    private static final String BASE = "base";
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final YAMLFactory YAML = new YAMLFactory();

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
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file.toString(), Files.exists(file) ? "is not a file" : "there is no such file");
        }
        long size = Files.size(file);
        if (size > MAX_FILE_BYTES) {
            throw new FormatException(
                    file.toString(), "has " + size + " bytes, a machine needs less than " + MAX_FILE_BYTES);
        }
        try {
            Path folder = file.getParent();
            return parse(Files.readString(file), file.toString(), folder == null ? Path.of("") : folder);
        } catch (CharacterCodingException e) {
            throw new FormatException(file.toString(), "is not UTF-8 text");
        }
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
        Map<String, Setting> settings = settings(yaml, where);
        settings.computeIfPresent(
                Parameters.ENERGY.key(),
                (key, setting) -> setting.text.equals(OwnFigures.BUILT_IN)
                        ? setting
                        : new Setting(beside(folder, setting.text), setting.line));
        MachineConfig base = MachineConfig.defaults();
        Setting baseSetting = settings.remove(BASE);
        if (baseSetting != null) {
            if (!Presets.names().contains(baseSetting.text)) {
                throw new FormatException(
                        line(where, baseSetting.line),
                        "base " + Quotes.quote(baseSetting.text) + " is not a preset ("
                                + String.join(", ", Presets.names()) + ")");
            }
            base = Presets.load(baseSetting.text);
        }
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, Setting> entry : settings.entrySet()) {
            try {
                var unused = Parameters.byKey(entry.getKey()).parse(entry.getValue().text);
            } catch (IllegalArgumentException e) {
                throw new FormatException(line(where, entry.getValue().line), String.valueOf(e.getMessage()));
            }
            texts.put(entry.getKey(), entry.getValue().text);
        }
        try {
            return base.withText(texts);
        } catch (IllegalArgumentException e) {
            throw new FormatException(where, String.valueOf(e.getMessage()));
        }
    }

    private static String beside(Path folder, String name) {
        Path beside = folder.resolve(name);
        return Files.exists(beside) ? beside.toString() : name;
    }

    private record Setting(String text, int line) {}

    private static Map<String, Setting> settings(String yaml, String where) throws FormatException {
        Map<String, Setting> settings = new LinkedHashMap<>();
        try (JsonParser parser = YAML.createParser(yaml)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return settings;
            }
            if (token != JsonToken.START_OBJECT) {
                throw new FormatException(line(where, lineOf(parser)), "expected a mapping of parameters to values");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                int line = lineOf(parser);
                if (!parser.nextToken().isScalarValue()) {
                    throw new FormatException(line(where, line), Quotes.quote(key) + ": expected a single value");
                }
                if (settings.put(key, new Setting(parser.getText(), line)) != null) {
                    throw new FormatException(line(where, line), Quotes.quote(key) + " is given twice");
                }
            }
            if (parser.nextToken() != null) {
                throw new FormatException(line(where, lineOf(parser)), "more than one document");
            }
            return settings;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String reason = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new FormatException(line(where, line), "is not YAML: " + reason);
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw new FormatException(where, "is not YAML: " + e.getMessage());
        }
    }

    private static int lineOf(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String line(String where, int line) {
        return where + ", line " + line;
    }
}
