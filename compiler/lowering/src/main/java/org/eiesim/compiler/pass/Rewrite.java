package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/** One node being legalised: what is known of it, and the operations and values that take its place. */
final class Rewrite {
    private final Graph graph;
    private final Operation.Source source;
    private final Map<String, Shape> newShapes = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private @Nullable String refusal;

    Rewrite(Graph graph, Operation.Source source) {
        this.graph = graph;
        this.source = source;
    }

    /** Returns the name of the node and of the value it yields. */
    String name() {
        return source.name();
    }

    Graph graph() {
        return graph;
    }

    Shape shape(String value) {
        Shape shape = newShapes.get(value);
        return shape == null ? graph.shape(value) : shape;
    }

    /** Returns the shared weights of a parameter; the graph's builder made them for every matrix. */
    SharedWeights weights(String role) {
        SharedWeights weights = source.weights().get(role);
        if (weights == null) {
            throw new IllegalStateException("node " + name() + " has no shared weights " + role);
        }
        return weights;
    }

    /** Makes a value the network does not name; the prime keeps its name apart from the network's. */
    String newValue(String what, int... extents) {
        String value = name() + "'" + what;
        int count = 1;
        while (newShapes.containsKey(value) || graph.shapes().containsKey(value)) {
            value = name() + "'" + what + ++count;
        }
        newShapes.put(value, Shape.of(extents));
        return value;
    }

    void add(Operation operation) {
        operations.add(operation);
    }

    /** Passes a value on under the node's name. */
    void identity(String input) {
        add(new Operation.Identity(name(), input));
    }

    /** Adds work of the host that yields the node's value. */
    void host(HostKind kind, List<String> inputs, Map<String, Integer> attributes) {
        hostInto(name(), kind, inputs, attributes);
    }

    /** Adds work of the host that yields any value. */
    void hostInto(String output, HostKind kind, List<String> inputs, Map<String, Integer> attributes) {
        hostInto(output, kind, inputs, attributes, List.of());
    }

    /** Adds work of the host with constants that yields any value. */
    void hostInto(
            String output,
            HostKind kind,
            List<String> inputs,
            Map<String, Integer> attributes,
            List<float[]> constants) {
        SortedMap<String, Integer> sorted = new TreeMap<>(attributes);
        add(new Operation.HostWork(output, inputs, kind, sorted, constants));
    }

    /** Notes why the node cannot be lowered. */
    void refuse(String why) {
        refusal = why;
    }

    /** Throws the refusal, if there was one. */
    void requireAccepted() throws FormatException {
        if (refusal != null) {
            throw new FormatException("node " + name(), refusal);
        }
    }

    List<Operation> operations() {
        return operations;
    }

    Map<String, Shape> newShapes() {
        return newShapes;
    }
}
