package org.eiesim.studies.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.kernels.bits.FormatException;

/** The JSON of {@code eie simulate}. Keys that are missing or unknown are no error: the report says what is missing. */
final class RunFile {
    private static final String FORMAT = "eiesim-run";
    private static final int VERSION = 1;
    private static final String HINT = "; expected the JSON of eie simulate --json";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RunFile() {}

    /**
     * Reads a run.
     *
     * @param file its path
     * @return the JSON's root
     * @throws IOException if the file cannot be read, and {@link FormatException} if it is not a run
     */
    static JsonNode read(Path file) throws IOException {
        JsonNode root = parse(file);
        String name = file.toString();
        if (!root.isObject()) {
            throw new FormatException(name, "not a JSON object" + HINT);
        }
        JsonNode format = root.path("format");
        if (!format.isMissingNode() && !FORMAT.equals(format.asText())) {
            throw new FormatException(name, "\"format\" is \"" + format.asText() + "\", not \"" + FORMAT + "\"" + HINT);
        }
        JsonNode version = root.path("version");
        if (version.isNumber() && version.asInt() != VERSION) {
            throw new FormatException(name, "version " + version.asText() + " of the run format, not " + VERSION);
        }
        checkLayers(name, root.path("layers"));
        return root;
    }

    static JsonNode parse(Path file) throws IOException {
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            long offset = e.getLocation() == null
                    ? FormatException.NO_OFFSET
                    : e.getLocation().getByteOffset();
            throw new FormatException(file.toString(), offset, "not JSON" + HINT);
        }
    }

    private static void checkLayers(String name, JsonNode layers) throws FormatException {
        if (!layers.isArray()) {
            throw new FormatException(name, "no list \"layers\"" + HINT);
        }
        for (int i = 0; i < layers.size(); i++) {
            if (!layers.get(i).path("name").isTextual()) {
                throw new FormatException(name, "layer " + i + " has no \"name\"" + HINT);
            }
        }
    }
}
