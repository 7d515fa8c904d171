package org.eiesim.compiler.asm;

/**
 * A piece of a line.
 *
 * @param kind what it is
 * @param text its characters; of a string, without quotes and with escapes resolved
 * @param column where it starts, from 1
 */
public record Token(Kind kind, String text, int column) {
    /** What a piece is. */
    public enum Kind {
        /** A mnemonic, field, directive or named value: letters, digits, {@code _}; a directive starts with a dot. */
        WORD("a name"),
        /** Starts with a digit or minus: an integer, a decimal fraction, or extents as in {@code 300x784}. */
        NUMBER("a number"),
        /** In double quotes. */
        STRING("a text in quotes"),
        /** One of the signs that separate: {@code = : +} in assembly. */
        SIGN("a sign"),
        /** The end of the line. */
        END("the end of the line");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * Says whether it is a sign.
     *
     * @param sign the sign
     * @return whether it is that one
     */
    public boolean isSign(char sign) {
        return kind == Kind.SIGN && text.charAt(0) == sign;
    }

    /**
     * Names it for an error.
     *
     * @return its text in quotes, or what it is
     */
    public String shown() {
        return kind == Kind.END ? kind.text() : "\"" + text + "\"";
    }
}
