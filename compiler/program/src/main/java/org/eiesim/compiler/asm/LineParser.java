package org.eiesim.compiler.asm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.compiler.asm.Token.Kind;
import org.eiesim.kernels.bits.FormatException;

/** Walks the tokens of one line. */
final class LineParser {
    /** What constants of the host may hold beside numbers. */
    private static final Set<String> NON_FINITE = Set.of("Infinity", "-Infinity", "NaN");

    private final SourceLine line;
    private final List<Token> tokens;
    private int position;

    LineParser(SourceLine line) throws FormatException {
        this.line = line;
        this.tokens = Lexer.tokens(line);
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Kind.END) {
            position++;
        }
        return token;
    }

    Token expect(Kind kind) throws FormatException {
        Token token = next();
        if (token.kind() != kind) {
            throw error(token, "expected " + kind.text() + ", not " + token.shown());
        }
        return token;
    }

    void expectSign(char sign) throws FormatException {
        Token token = next();
        if (!token.isSign(sign)) {
            throw error(token, "expected '" + sign + "', not " + token.shown());
        }
    }

    boolean acceptSign(char sign) {
        if (peek().isSign(sign)) {
            position++;
            return true;
        }
        return false;
    }

    void expectEnd() throws FormatException {
        if (!atEnd()) {
            throw error(peek(), "unexpected " + peek().shown());
        }
    }

    /**
     * Reads {@code name=value} pairs up to the end of the line.
     *
     * @param names the names there must be
     * @return the value of each name, in the order of {@code names}
     */
    Map<String, Token> pairs(List<String> names) throws FormatException {
        Map<String, Token> found = anyPairs();
        Map<String, Token> ordered = new LinkedHashMap<>();
        for (String name : names) {
            Token value = found.remove(name);
            if (value == null) {
                throw error(peek(), name + "= is missing");
            }
            ordered.put(name, value);
        }
        if (!found.isEmpty()) {
            Map.Entry<String, Token> first = found.entrySet().iterator().next();
            String name = first.getKey();
            throw error(first.getValue(), "unknown field \"" + name + "\"; there are " + String.join(", ", names));
        }
        return ordered;
    }

    /** Reads {@code name=value} pairs up to the end of the line, whatever their names. */
    Map<String, Token> anyPairs() throws FormatException {
        Map<String, Token> found = new LinkedHashMap<>();
        while (!atEnd()) {
            Token name = expect(Kind.WORD);
            expectSign('=');
            Token value = next();
            if (value.kind() == Kind.END || value.kind() == Kind.SIGN) {
                throw error(value, "expected a value for " + name.text() + ", not " + value.shown());
            }
            if (found.put(name.text(), value) != null) {
                throw error(name, name.text() + "= is given twice");
            }
        }
        return found;
    }

    long integer(Token token, long min, long max) throws FormatException {
        long value;
        try {
            value = Long.parseLong(require(token, Kind.NUMBER).text());
        } catch (NumberFormatException e) {
            throw error(token, token.shown() + " is not an integer");
        }
        if (value < min || value > max) {
            throw error(token, "must be " + min + ".." + max + ", not " + value);
        }
        return value;
    }

    int natural(Token token) throws FormatException {
        return (int) integer(token, 0, Integer.MAX_VALUE);
    }

    float decimal(Token token) throws FormatException {
        float value;
        try {
            value = Float.parseFloat(
                    NON_FINITE.contains(token.text())
                            ? token.text()
                            : require(token, Kind.NUMBER).text());
        } catch (NumberFormatException e) {
            throw error(token, token.shown() + " is not a number");
        }
        if (!Float.isFinite(value) && !NON_FINITE.contains(token.text())) {
            throw error(token, token.shown() + " is too large for a float32");
        }
        return value;
    }

    List<Integer> extents(Token token) throws FormatException {
        List<Integer> extents = new ArrayList<>();
        for (String extent : require(token, Kind.NUMBER).text().split("x", -1)) {
            try {
                extents.add(Integer.parseUnsignedInt(extent));
            } catch (NumberFormatException e) {
                throw error(token, token.shown() + " is not a list of extents such as 300x784");
            }
        }
        if (extents.stream().anyMatch(extent -> extent < 0)) {
            throw error(token, token.shown() + " is too large");
        }
        return extents;
    }

    Token require(Token token, Kind kind) throws FormatException {
        if (token.kind() != kind) {
            throw error(token, "expected " + kind.text() + ", not " + token.shown());
        }
        return token;
    }

    FormatException error(Token token, String reason) {
        return line.error(token.column(), reason);
    }
}
