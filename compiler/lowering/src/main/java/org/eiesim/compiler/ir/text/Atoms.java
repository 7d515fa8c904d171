package org.eiesim.compiler.ir.text;

import java.util.List;
import org.eiesim.compiler.asm.Token;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.EditDistance;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/** Reads the values that have no parts: names, numbers, choices, shapes and codes. */
final class Atoms {
    private static final int HEXADECIMAL = 16;

    private Atoms() {}

    /** Reads a value of a class that is neither a record nor a collection. */
    static Object read(Class<?> type, Term term) throws FormatException {
        if (type == Shape.class) {
            return shape(term);
        }
        if (!(term instanceof Term.Atom atom)) {
            throw term.expected(described(type));
        }
        Object value = null;
        try {
            value = value(type, atom.token());
        } catch (NumberFormatException e) {
            // Named below, with what was expected.
        }
        if (value == null) {
            String hint = type.isEnum()
                    ? EditDistance.hint(", did you mean %s?", atom.token().text(), Kinds.words(type))
                    : "";
            throw atom.place().error("expected " + described(type) + ", found " + atom.shown() + hint);
        }
        return value;
    }

    /** Returns the value, or null where the token is none; a number that is none is an exception. */
    private static @Nullable Object value(Class<?> type, Token token) {
        String text = token.text();
        boolean isText = token.kind() == Token.Kind.STRING;
        if (type == String.class) {
            return isText || token.kind() == Token.Kind.WORD ? text : null;
        }
        if (type == byte[].class) {
            return isText ? codes(text.replace(" ", "")) : null;
        }
        if (isText) {
            return null;
        }
        if (type.isEnum()) {
            int index = Kinds.words(type).indexOf(text);
            return index < 0 ? null : type.getEnumConstants()[index];
        }
        if (type == boolean.class) {
            return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
        }
        return number(type, text);
    }

    private static Object number(Class<?> type, String text) {
        if (type == float.class || type == Float.class) {
            return Numbers.parseFloat(text);
        }
        if (type == double.class || type == Double.class) {
            return Numbers.parseDouble(text);
        }
        if (type == int.class || type == Integer.class) {
            return Integer.parseInt(text);
        }
        if (type == long.class) {
            return Long.parseLong(text);
        }
        if (type == short.class) {
            // As the writer has them: those above 32767 are negative.
            return Short.parseShort(text);
        }
        throw new IllegalStateException("no text for " + type);
    }

    private static byte @Nullable [] codes(String text) {
        int digits = text.startsWith("x") ? 2 : 1;
        String hexadecimal = text.substring(digits - 1);
        if (hexadecimal.length() % digits != 0
                || !hexadecimal.chars().allMatch(c -> Character.digit(c, HEXADECIMAL) >= 0)) {
            return null;
        }
        byte[] codes = new byte[hexadecimal.length() / digits];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) Integer.parseInt(hexadecimal.substring(i * digits, (i + 1) * digits), HEXADECIMAL);
        }
        return codes;
    }

    /** Reads a shape. */
    static Shape shape(Term term) throws FormatException {
        String expected = "a shape such as [3x32x32]";
        if (!(term instanceof Term.Items items) || items.items().size() > 1) {
            throw term.expected(expected);
        }
        List<Term> parts = items.items();
        if (parts.isEmpty()) {
            return Shape.of();
        }
        if (!(parts.get(0) instanceof Term.Atom atom) || atom.token().kind() != Token.Kind.NUMBER) {
            throw parts.get(0).expected(expected);
        }
        String[] extents = atom.token().text().split("x", -1);
        int[] numbers = new int[extents.length];
        try {
            for (int i = 0; i < extents.length; i++) {
                numbers[i] = Integer.parseInt(extents[i]);
            }
            return Shape.of(numbers);
        } catch (NumberFormatException e) {
            throw atom.expected(expected);
        } catch (IllegalArgumentException e) {
            throw atom.place().error(String.valueOf(e.getMessage()));
        }
    }

    private static String described(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", Kinds.words(type));
        }
        if (type == String.class) {
            return "a name";
        }
        if (type == byte[].class) {
            return "codes in quotes, a hexadecimal digit each, or after x two";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        boolean isFraction = type == float.class || type == Float.class || type == double.class || type == Double.class;
        return isFraction ? "a number" : "a whole number";
    }
}
