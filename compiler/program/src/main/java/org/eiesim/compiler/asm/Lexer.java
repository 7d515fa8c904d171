package org.eiesim.compiler.asm;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.asm.Token.Kind;
import org.eiesim.kernels.bits.FormatException;

/** Splits one line into tokens; {@code ;} starts a comment. */
public final class Lexer {
    private static final String SIGNS_OF_ASSEMBLY = "=:+";
    /** What stands before the sign of an exponent, in decimal and hexadecimal numbers. */
    private static final String EXPONENTS = "Eep";

    private final SourceLine line;
    private final String signs;
    private final String text;
    private int position;

    private Lexer(SourceLine line, String signs) {
        this.line = line;
        this.signs = signs;
        this.text = line.text();
    }

    /** Splits a line of assembly. */
    static List<Token> tokens(SourceLine line) throws FormatException {
        return tokens(line, SIGNS_OF_ASSEMBLY);
    }

    /**
     * Splits a line.
     *
     * @param line the line
     * @param signs the characters that are tokens of their own
     * @return its tokens, the last of which is its end
     * @throws FormatException at line and column, if a character has no place or a text is not closed
     */
    public static List<Token> tokens(SourceLine line, String signs) throws FormatException {
        Lexer lexer = new Lexer(line, signs);
        List<Token> tokens = new ArrayList<>();
        while (lexer.skipSpace()) {
            tokens.add(lexer.next());
        }
        tokens.add(new Token(Kind.END, "", lexer.position + 1));
        return tokens;
    }

    private boolean skipSpace() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
        return position < text.length() && text.charAt(position) != ';';
    }

    private Token next() throws FormatException {
        int start = position;
        char c = text.charAt(position);
        if (c == '"') {
            return new Token(Kind.STRING, string(), start + 1);
        }
        if (signs.indexOf(c) >= 0) {
            position++;
            return new Token(Kind.SIGN, String.valueOf(c), start + 1);
        }
        if (isDigit(c) || c == '-') {
            position++;
            while (position < text.length() && isNumberPart()) {
                position++;
            }
            return new Token(Kind.NUMBER, text.substring(start, position), start + 1);
        }
        if (isLetter(c) || c == '.') {
            position++;
            while (position < text.length() && (isLetter(text.charAt(position)) || isDigit(text.charAt(position)))) {
                position++;
            }
            return new Token(Kind.WORD, text.substring(start, position), start + 1);
        }
        throw line.error(start + 1, "unexpected character '" + c + "'");
    }

    private boolean isNumberPart() {
        char c = text.charAt(position);
        return isDigit(c) || isLetter(c) || c == '.' || (c == '-' && EXPONENTS.indexOf(text.charAt(position - 1)) >= 0);
    }

    private String string() throws FormatException {
        int start = position++;
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? escape() : c);
        }
        throw line.error(start + 1, "the quote is not closed");
    }

    private char escape() throws FormatException {
        int start = position;
        char c = position < text.length() ? text.charAt(position++) : 0;
        if (c == '"' || c == '\\') {
            return c;
        }
        if (c == 'u' && position + 4 <= text.length()) {
            String digits = text.substring(position, position + 4);
            if (digits.chars().allMatch(d -> Character.digit(d, 16) >= 0)) {
                position += 4;
                return (char) Integer.parseInt(digits, 16);
            }
        }
        throw line.error(start, "unknown escape; there are \\\\, \\\" and \\uXXXX");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
