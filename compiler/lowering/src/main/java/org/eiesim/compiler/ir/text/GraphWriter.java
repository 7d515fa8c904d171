package org.eiesim.compiler.ir.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Schedule;
import org.eiesim.models.network.Shape;

/**
 * Writes a graph as text that {@link GraphReader} reads back, before and after every pass, losing nothing:
 *
 * <pre>
 *   graph     = "graph" name  "target" "=" record  { item }
 *   item      = "input" name shape
 *             | "operation" name shape "=" record        yields the value of that name, or a part of it
 *             | "value" name shape                       what no operation yields: states and sums of recurrent cells, and
 *                                                        what passes have taken out
 *             | "output" name "=" name
 *             | "schedule" "=" record
 *   shape     = "[" [ extent { "x" extent } ] "]"
 *   record    = [ kind ] "(" { name "=" term } ")"       a Java record; a map has its keys for names
 *   term      = record | list | shape | name | number | "true" | "false" | codes
 *   list      = "[" { term } "]"
 *   name      = word | text in quotes                    as in assembly
 *   number    = decimal or hexadecimal, "inf", "-inf", "nan"
 *   codes     = in quotes: a hexadecimal digit per code, or after "x" two; blanks may stand between
 * </pre>
 *
 * <p>Records, fields and choices bear the words of the code: {@code HostWork} is {@code host_work}, {@code numInputs}
 * {@code num_inputs}. A field that has no value, and a list or map that is empty, is left out. An operation's name stands
 * before it and not in it. A tensor of a node whose values are those of the node's shared weights has {@code values=shared}.
 * Line feeds are blanks; {@code ;} starts a comment.
 */
public final class GraphWriter {
    private GraphWriter() {}

    /**
     * Writes a graph.
     *
     * @param graph any graph
     * @return its text, ending with a line feed; the same for equal graphs
     */
    public static String write(Graph graph) {
        StringBuilder text = new StringBuilder();
        Layout.leaf("graph " + RecordWriter.name(graph.name())).appendTo(text);
        new RecordWriter(null).record(graph.target()).after("target = ").appendTo(text);
        Set<String> shown = new HashSet<>();
        for (String input : graph.inputs()) {
            value("input", input, graph, shown).appendTo(text);
        }
        for (Operation operation : graph.operations()) {
            operation(operation, graph, shown).appendTo(text);
        }
        List<String> others = new ArrayList<>(new TreeMap<>(graph.shapes()).keySet());
        others.removeAll(shown);
        for (String other : others) {
            value("value", other, graph, shown).appendTo(text);
        }
        for (Graph.Output output : graph.outputs()) {
            Layout.leaf("output " + RecordWriter.name(output.name()) + " = " + RecordWriter.name(output.value()))
                    .appendTo(text);
        }
        Schedule schedule = graph.schedule();
        if (schedule != null) {
            new RecordWriter(null).record(schedule).after("schedule = ").appendTo(text);
        }
        return text.toString();
    }

    private static Layout value(String keyword, String name, Graph graph, Set<String> shown) {
        shown.add(name);
        Shape shape = graph.shape(name);
        return Layout.leaf(keyword + " " + RecordWriter.name(name) + " " + RecordWriter.shape(shape));
    }

    private static Layout operation(Operation operation, Graph graph, Set<String> shown) {
        RecordWriter writer = new RecordWriter(operation);
        String kind = Kinds.word(operation.getClass().getSimpleName());
        String head = value("operation", operation.name(), graph, shown).open();
        return writer.record((Record) operation).after(head + " = " + kind);
    }
}
