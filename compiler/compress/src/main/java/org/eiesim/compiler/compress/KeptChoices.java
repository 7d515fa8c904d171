package org.eiesim.compiler.compress;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.train.Checkpoints;
import org.jspecify.annotations.Nullable;

/** What a search chose, kept so that a stopped recipe need not search again. */
final class KeptChoices {
    private KeptChoices() {}

    /** Keeps choices; only those of numbers and texts, which all searches so far make. */
    static void write(Checkpoints.Part part, Search.Choices choices) {
        boolean isKnown = choices.values().values().stream()
                .flatMap(values -> values.values().stream())
                .allMatch(value -> value instanceof Double || value instanceof Integer || value instanceof String);
        if (!isKnown) {
            return;
        }
        part.write(stream -> {
            stream.writeUTF(choices.method());
            stream.writeInt(choices.values().size());
            for (Map.Entry<ParameterKey, Map<String, Object>> layer :
                    choices.values().entrySet()) {
                stream.writeUTF(layer.getKey().node());
                stream.writeUTF(layer.getKey().role());
                stream.writeInt(layer.getValue().size());
                for (Map.Entry<String, Object> value : layer.getValue().entrySet()) {
                    stream.writeUTF(value.getKey());
                    Object chosen = value.getValue();
                    stream.writeChar(chosen instanceof Double ? 'd' : chosen instanceof Integer ? 'i' : 's');
                    stream.writeUTF(chosen.toString());
                }
            }
        });
    }

    /** Reads choices; null if nothing whole is kept, or of other layers. */
    static Search.@Nullable Choices read(Checkpoints.Part part, CompressionState state) {
        try (DataInputStream stream = part.read()) {
            if (stream == null) {
                return null;
            }
            String method = stream.readUTF();
            Map<ParameterKey, Map<String, Object>> values = new LinkedHashMap<>();
            for (int layers = stream.readInt(); layers > 0; layers--) {
                ParameterKey key = new ParameterKey(stream.readUTF(), stream.readUTF());
                Map<String, Object> ofLayer = new LinkedHashMap<>();
                for (int count = stream.readInt(); count > 0; count--) {
                    String name = stream.readUTF();
                    char kind = stream.readChar();
                    String text = stream.readUTF();
                    ofLayer.put(name, value(kind, text));
                }
                values.put(key, ofLayer);
            }
            boolean fits = state.network().weights().keySet().containsAll(values.keySet());
            return fits ? new Search.Choices(method, values) : null;
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    private static Object value(char kind, String text) {
        if (kind == 'd') {
            return Double.valueOf(text);
        }
        return kind == 'i' ? Integer.valueOf(text) : text;
    }
}
