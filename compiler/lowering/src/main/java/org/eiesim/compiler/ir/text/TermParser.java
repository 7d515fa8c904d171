package org.eiesim.compiler.ir.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.asm.Lexer;
import org.eiesim.compiler.asm.SourceLine;
import org.eiesim.compiler.asm.Token;
import org.eiesim.kernels.bits.FormatException;

/** Takes a graph's text apart into terms; what they mean is {@link RecordReader}'s to say. */
final class TermParser {
    private static final String SIGNS = "=()[]";
    /** No graph nests so deep; a text that does is damaged. */
    private static final int MAX_DEPTH = 32;

    private final List<Term.Atom> tokens = new ArrayList<>();
    private int position;
    private int depth;

    TermParser(String text) throws FormatException {
        int number = 0;
        SourceLine line = new SourceLine(1, "");
        int end = 1;
        for (String source : text.split("\n", -1)) {
            line = new SourceLine(++number, source);
            for (Token token : Lexer.tokens(line, SIGNS)) {
                end = token.column();
                if (token.kind() != Token.Kind.END) {
                    tokens.add(new Term.Atom(new Term.Place(line, token.column()), token));
                }
            }
        }
        tokens.add(new Term.Atom(new Term.Place(line, end), new Token(Token.Kind.END, "", end)));
    }

    /** Returns whether nothing is left. */
    boolean isAtEnd() {
        return peek().token().kind() == Token.Kind.END;
    }

    /** Takes the next token, which must be a word or a text in quotes. */
    Term.Atom name(String what) throws FormatException {
        Term.Atom atom = peek();
        if (atom.token().kind() != Token.Kind.WORD && atom.token().kind() != Token.Kind.STRING) {
            throw expected(atom, what);
        }
        return take();
    }

    /** Takes a sign. */
    void sign(char sign) throws FormatException {
        if (!peek().token().isSign(sign)) {
            throw expected(peek(), "\"" + sign + "\"");
        }
        take();
    }

    /** Takes a term. */
    Term term() throws FormatException {
        Term.Atom first = peek();
        if (++depth > MAX_DEPTH) {
            throw first.place().error("more than " + MAX_DEPTH + " brackets one in another");
        }
        Term term = first.token().isSign('[') ? items() : first.token().isSign('(') ? fields(first, "") : atom();
        depth--;
        return term;
    }

    private Term atom() throws FormatException {
        Term.Atom atom = peek();
        Token.Kind kind = atom.token().kind();
        if (kind == Token.Kind.SIGN || kind == Token.Kind.END) {
            throw expected(atom, "a value");
        }
        take();
        boolean isKind = kind == Token.Kind.WORD && peek().token().isSign('(');
        return isKind ? fields(atom, atom.token().text()) : atom;
    }

    private Term items() throws FormatException {
        Term.Place place = take().place();
        List<Term> items = new ArrayList<>();
        while (!peek().token().isSign(']')) {
            if (isAtEnd()) {
                throw place.error("the bracket is not closed");
            }
            items.add(term());
        }
        take();
        return new Term.Items(place, items);
    }

    private Term fields(Term.Atom first, String kind) throws FormatException {
        Term.Place place = first.place();
        sign('(');
        Map<String, Term> fields = new LinkedHashMap<>();
        while (!peek().token().isSign(')')) {
            if (isAtEnd()) {
                throw place.error("the parenthesis is not closed");
            }
            Term.Atom name = name("the name of a field");
            sign('=');
            if (fields.put(name.token().text(), term()) != null) {
                throw name.place().error("a second " + name.shown());
            }
        }
        take();
        return new Term.Fields(place, kind, fields);
    }

    private static FormatException expected(Term.Atom found, String what) {
        return found.token().kind() == Token.Kind.END
                ? found.place().error("expected " + what + ", found the end of the text")
                : found.expected(what);
    }

    private Term.Atom peek() {
        return tokens.get(position);
    }

    private Term.Atom take() {
        return tokens.get(position++);
    }
}
