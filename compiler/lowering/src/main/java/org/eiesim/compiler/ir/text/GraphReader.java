package org.eiesim.compiler.ir.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Schedule;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.EditDistance;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/** Reads a graph from the text that {@link GraphWriter} writes; the grammar is there. */
public final class GraphReader {
    private static final List<String> ITEMS = List.of("input", "operation", "value", "output", "schedule");

    private final TermParser parser;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    /** What has been computed so far. */
    private final Set<String> computed = new HashSet<>();

    private final Set<String> yielded = new HashSet<>();
    private final List<String> inputs = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Graph.Output> outputs = new ArrayList<>();
    private @Nullable Schedule schedule;

    private GraphReader(String text) throws FormatException {
        parser = new TermParser(text);
    }

    /**
     * Reads a graph.
     *
     * @param text its text
     * @return the graph
     * @throws FormatException at {@code line:column}, with what was expected there and the source line
     */
    public static Graph read(String text) throws FormatException {
        return new GraphReader(text).graph();
    }

    private Graph graph() throws FormatException {
        keyword("graph");
        String name = parser.name("the graph's name").token().text();
        keyword("target");
        parser.sign('=');
        Target target = new RecordReader("").record(Target.class, parser.term());
        while (!parser.isAtEnd()) {
            item();
        }
        return new Graph(name, target, shapes, inputs, operations, outputs, schedule);
    }

    private void keyword(String word) throws FormatException {
        Term.Atom atom = parser.name("\"" + word + "\"");
        if (!atom.isWord(word)) {
            throw atom.expected("\"" + word + "\"");
        }
    }

    private void item() throws FormatException {
        String expected = "one of " + String.join(", ", ITEMS);
        Term.Atom keyword = parser.name(expected);
        switch (keyword.token().text()) {
            case "input" -> {
                String input = value(false);
                computed.add(input);
                inputs.add(input);
            }
            case "operation" -> operation();
            case "value" -> value(false);
            case "output" -> {
                String output = parser.name("the output's name").token().text();
                parser.sign('=');
                Term.Atom value = parser.name("the value it gives");
                requireComputed(value.token().text(), value.place());
                outputs.add(new Graph.Output(output, value.token().text()));
            }
            case "schedule" -> {
                parser.sign('=');
                Term term = parser.term();
                if (schedule != null) {
                    throw keyword.place().error("a second schedule");
                }
                schedule = new RecordReader("").record(Schedule.class, term);
            }
            default ->
                throw keyword.place()
                        .error("expected " + expected + ", found " + keyword.shown()
                                + EditDistance.hint(
                                        ", did you mean %s?", keyword.token().text(), ITEMS));
        }
    }

    /**
     * Takes a value's name and shape.
     *
     * @param mayGoOn whether it may be one that an operation above has begun; what joins values writes them one by one
     */
    private String value(boolean mayGoOn) throws FormatException {
        Term.Atom name = parser.name("a value's name");
        Shape shape = Atoms.shape(parser.term());
        Shape before = shapes.put(name.token().text(), shape);
        if (before != null && !(mayGoOn && yielded.contains(name.token().text()) && before.equals(shape))) {
            throw name.place().error("two values are named " + name.token().text());
        }
        return name.token().text();
    }

    private void operation() throws FormatException {
        String name = value(true);
        parser.sign('=');
        Term term = parser.term();
        Operation operation = new RecordReader(name).operation(term);
        // A constant reads nothing, which is written as its own value.
        computed.add(name);
        for (String input : operation.inputs()) {
            requireComputed(input, term.place());
        }
        operations.add(operation);
        yielded.add(name);
    }

    private void requireComputed(String value, Term.Place place) throws FormatException {
        if (!computed.contains(value)) {
            throw place.error("nothing above yields the value \"" + value + "\""
                    + EditDistance.hint(
                            ", did you mean %s?",
                            value, computed.stream().sorted().toList()));
        }
    }
}
