package org.eiesim.compiler.asm;

/** Texts in quotes: {@code \\}, {@code \"}, and {@code \}{@code uXXXX} for control characters and line separators. */
public final class Quoted {
    private Quoted() {}

    /**
     * Puts a text in quotes.
     *
     * @param text any text
     * @return one line, as {@link Lexer} reads it
     */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
