package org.eiesim.models.importers;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * A message in protobuf's text format, as Caffe describes networks in: fields in order, each a word or a message.
 *
 * @param fields the fields
 */
record Prototxt(List<Field> fields) {
    private static final int MAX_DEPTH = 32;

    /**
     * One field.
     *
     * @param name its name
     * @param word its value, or null where it is a message
     * @param message its value, or null where it is a word
     */
    record Field(
            String name, @Nullable String word, @Nullable Prototxt message) {}

    /**
     * Parses a text.
     *
     * @param text the text
     * @return the message
     * @throws FormatException if it is not such a text; the message has the line
     */
    static Prototxt parse(String text) throws FormatException {
        Parser parser = new Parser(text);
        Prototxt message = parser.message(0);
        if (!parser.token.isEmpty()) {
            throw parser.error("unexpected " + parser.token);
        }
        return message;
    }

    /** Returns the words of all fields of a name. */
    List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equals(name) && field.word() != null) {
                words.add(field.word());
            }
        }
        return words;
    }

    /** Returns the messages of all fields of a name. */
    List<Prototxt> messages(String name) {
        List<Prototxt> messages = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equals(name) && field.message() != null) {
                messages.add(field.message());
            }
        }
        return messages;
    }

    /** Returns the last word of a field, or a default. */
    String word(String name, String absent) {
        List<String> words = words(name);
        return words.isEmpty() ? absent : words.get(words.size() - 1);
    }

    /** Returns the last message of a field, or an empty one. */
    Prototxt message(String name) {
        List<Prototxt> messages = messages(name);
        return messages.isEmpty() ? new Prototxt(List.of()) : messages.get(messages.size() - 1);
    }

    private static final class Parser {
        private final String text;
        private int position;
        private int line = 1;
        private String token = "";
        private boolean quoted;

        Parser(String text) throws FormatException {
            this.text = text;
            next();
        }

        Prototxt message(int depth) throws FormatException {
            if (depth > MAX_DEPTH) {
                throw error("messages are nested more than " + MAX_DEPTH + " deep");
            }
            List<Field> fields = new ArrayList<>();
            while (!token.isEmpty() && !isSymbol("}")) {
                String name = token;
                if (quoted || !Character.isLetter(name.charAt(0))) {
                    throw error("expected the name of a field, not " + name);
                }
                next();
                boolean colon = skip(":");
                if (skip("{")) {
                    fields.add(new Field(name, null, message(depth + 1)));
                    if (!skip("}")) {
                        throw error("the message " + name + " does not end");
                    }
                } else if (colon && (quoted || (!token.isEmpty() && !isSymbol("}")))) {
                    fields.add(new Field(name, token, null));
                    next();
                } else {
                    throw error("field " + name + " has no value");
                }
                if (!skip(";")) {
                    skip(",");
                }
            }
            return new Prototxt(List.copyOf(fields));
        }

        private boolean isSymbol(String symbol) {
            return !quoted && token.equals(symbol);
        }

        private boolean skip(String symbol) throws FormatException {
            if (!isSymbol(symbol)) {
                return false;
            }
            next();
            return true;
        }

        private void next() throws FormatException {
            skipBlanks();
            quoted = false;
            if (position == text.length()) {
                token = "";
                return;
            }
            char first = text.charAt(position);
            if (first == '"' || first == '\'') {
                int end = text.indexOf(first, position + 1);
                if (end < 0) {
                    throw error("a string does not end");
                }
                token = text.substring(position + 1, end);
                quoted = true;
                position = end + 1;
                return;
            }
            int start = position++;
            if (isWord(first)) {
                while (position < text.length() && isWord(text.charAt(position))) {
                    position++;
                }
            }
            token = text.substring(start, position);
        }

        private static boolean isWord(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '+';
        }

        private void skipBlanks() {
            boolean comment = false;
            for (; position < text.length(); position++) {
                char c = text.charAt(position);
                if (c == '\n') {
                    line++;
                    comment = false;
                } else if (c == '#') {
                    comment = true;
                } else if (!comment && !Character.isWhitespace(c)) {
                    return;
                }
            }
        }

        FormatException error(String reason) {
            return new FormatException("line " + line, reason);
        }
    }
}
