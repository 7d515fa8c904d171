package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/** A network's nodes by the values they yield, and who reads each value. Several nodes can be made one. */
final class ValueGraph {
    private final Network network;
    private final Map<String, Shape> shapes;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<String>> readers = new HashMap<>();

    /**
     * Starts with the nodes of a network.
     *
     * @param network the network
     */
    ValueGraph(Network network) {
        this.network = network;
        shapes = ShapeInference.infer(network);
        for (Node node : network.nodes()) {
            nodes.put(node.name(), node);
            addReads(node);
        }
    }

    /** Returns the network as it is now. */
    Network network() {
        return new Network(
                network.name(), network.inputs(), List.copyOf(nodes.values()), network.outputs(), network.signature());
    }

    /** Returns the values that nodes yield now, in order. */
    List<String> values() {
        return List.copyOf(nodes.keySet());
    }

    /** Returns the node that yields a value, or null where that is an input. */
    @Nullable
    Node producer(String value) {
        return nodes.get(value);
    }

    /** Returns the shape of a value. */
    Shape shape(String value) {
        return Objects.requireNonNull(shapes.get(value));
    }

    /** Returns a constant value, or null where the value is computed. */
    @Nullable
    Tensor constant(String value) {
        return nodes.get(value) instanceof TensorNode.Constant constant ? constant.value() : null;
    }

    /** Returns the one element of a constant, or null where the value is not such a constant. */
    @Nullable
    Double scalar(String value) {
        Tensor constant = constant(value);
        return constant == null || constant.values().length != 1 ? null : (double) constant.values()[0];
    }

    /**
     * Puts a node in the place of the one of its name and of others before it, if nobody else needs those.
     *
     * @param node the node; it yields the same value
     * @param inner the values of the others, none of them constant
     * @return whether it did; not if one of the others is an output or is read by a node that stays
     */
    boolean replace(Node node, Set<String> inner) {
        for (String value : inner) {
            List<String> reads = readers.getOrDefault(value, List.of());
            boolean isNeeded =
                    reads.stream().anyMatch(reader -> !inner.contains(reader) && !reader.equals(node.name()));
            if (isNeeded || network.outputs().contains(value)) {
                return false;
            }
        }
        removeReads(Objects.requireNonNull(nodes.put(node.name(), node)));
        addReads(node);
        for (String value : inner) {
            removeReads(Objects.requireNonNull(nodes.remove(value)));
        }
        return true;
    }

    private void addReads(Node node) {
        for (String input : node.inputs()) {
            readers.computeIfAbsent(input, value -> new ArrayList<>()).add(node.name());
        }
    }

    /** Takes back what a node reads, and the constants that only it has read. */
    private void removeReads(Node node) {
        for (String input : node.inputs()) {
            Collection<String> rest = Objects.requireNonNull(readers.get(input));
            rest.remove(node.name());
            if (rest.isEmpty() && constant(input) != null && !network.outputs().contains(input)) {
                nodes.remove(input);
            }
        }
    }
}
