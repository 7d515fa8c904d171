package org.eiesim.models.importers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.kernels.bits.FormatException;

/** Reads JSON files. */
final class JsonFile {
    private static final long MAX_BYTES = 1 << 28;

    private JsonFile() {}

    /**
     * Reads a file.
     *
     * @param path the file
     * @return its content
     * @throws FormatException if it is missing, too large or no JSON; the message has the line
     * @throws IOException if reading fails
     */
    static JsonNode read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new FormatException(path.toString(), Files.exists(path) ? "is not a file" : "there is no such file");
        }
        if (Files.size(path) > MAX_BYTES) {
            throw new FormatException(path.toString(), "has " + Files.size(path) + " bytes, more than " + MAX_BYTES);
        }
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(path));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new FormatException(path + ": line " + line, "not JSON: " + e.getOriginalMessage());
        }
    }
}
