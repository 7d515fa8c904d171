package org.eiesim.compiler.ir.text;

import java.util.List;
import java.util.Map;
import org.eiesim.compiler.asm.SourceLine;
import org.eiesim.compiler.asm.Token;
import org.eiesim.kernels.bits.FormatException;

/** A piece of a graph's text that has been parsed and is not yet known to be anything. */
sealed interface Term {
    /** Returns where it starts. */
    Place place();

    /**
     * Makes the error for a term that is something else.
     *
     * @param expected what it should have been
     */
    default FormatException expected(String expected) {
        return place().error("expected " + expected + ", found " + shown());
    }

    /** Names it for an error. */
    String shown();

    /**
     * A place in the text.
     *
     * @param line the line
     * @param column from 1
     */
    record Place(SourceLine line, int column) {
        FormatException error(String reason) {
            return line.error(column, reason);
        }
    }

    /**
     * A word, a number or a text in quotes.
     *
     * @param place where it stands
     * @param token what it is
     */
    record Atom(Place place, Token token) implements Term {
        boolean isWord(String word) {
            return token.kind() == Token.Kind.WORD && token.text().equals(word);
        }

        @Override
        public String shown() {
            return token.shown();
        }
    }

    /**
     * {@code [ ... ]}.
     *
     * @param place where it starts
     * @param items what is in it
     */
    record Items(Place place, List<Term> items) implements Term {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /**
     * {@code kind(name=... name=...)}.
     *
     * @param place where it starts
     * @param kind the word before it, empty where there is none
     * @param fields what is in it, by name, in the order of the text
     */
    record Fields(Place place, String kind, Map<String, Term> fields) implements Term {
        @Override
        public String shown() {
            return kind.isEmpty() ? "a record" : "\"" + kind + "(\"";
        }
    }
}
