package org.eiesim.models.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Rewiring;
import org.eiesim.models.network.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Edits of a network that leave the original as it is. Each yields a new network; edits of one editor build on each other.
 * Names of values that stay are kept, so that what is known of a layer by name stays true.
 */
public final class NetworkEditor {
    private final String name;
    private final List<Network.Input> inputs;
    private final List<Node> nodes;
    private List<String> outputs;
    private final @Nullable Signature signature;

    /**
     * Starts editing.
     *
     * @param network the network; not changed
     */
    public NetworkEditor(Network network) {
        name = network.name();
        inputs = network.inputs();
        nodes = new ArrayList<>(network.nodes());
        outputs = network.outputs();
        signature = network.signature();
    }

    /**
     * Puts a node in the place of the one that bears its name.
     *
     * @param replacement the new node
     * @return this
     * @throws IllegalArgumentException if no node bears its name
     */
    public NetworkEditor replace(Node replacement) {
        nodes.set(position(replacement.name()), replacement);
        return this;
    }

    /**
     * Puts nodes in the place of one; the last of them must bear its name, so that its readers read them.
     *
     * @param node the name of the node that goes
     * @param replacements what comes, in order
     * @return this
     * @throws IllegalArgumentException if there is no such node, or the last does not bear its name
     */
    public NetworkEditor replace(String node, List<? extends Node> replacements) {
        int at = position(node);
        if (replacements.isEmpty()
                || !replacements.get(replacements.size() - 1).name().equals(node)) {
            throw new IllegalArgumentException("the last of the nodes that replace " + node + " must bear its name");
        }
        nodes.remove(at);
        nodes.addAll(at, replacements);
        return this;
    }

    /**
     * Inserts a node behind a value: whoever read the value reads the node's, and so does the network's output.
     *
     * @param value a node or an input
     * @param inserted reads the value; its name is new
     * @return this
     * @throws IllegalArgumentException if there is no such value
     */
    public NetworkEditor insertAfter(String value, Node inserted) {
        int at = inputs.stream().anyMatch(input -> input.name().equals(value)) ? 0 : position(value) + 1;
        rewire(Map.of(value, inserted.name()));
        nodes.add(at, inserted);
        return this;
    }

    /**
     * Removes a node that reads one value: whoever read the node reads that.
     *
     * @param node its name
     * @return this
     * @throws IllegalArgumentException if there is no such node, or it reads several values
     */
    public NetworkEditor remove(String node) {
        Node removed = nodes.get(position(node));
        if (removed.inputs().size() != 1) {
            throw new IllegalArgumentException("node " + node + " reads "
                    + removed.inputs().size() + " values; only one that reads one can be bridged");
        }
        nodes.remove(removed);
        rewire(Map.of(node, removed.inputs().get(0)));
        return this;
    }

    /**
     * Lets every reader of some values read others.
     *
     * @param replacements the new value by the old one
     * @return this
     */
    public NetworkEditor rewire(Map<String, String> replacements) {
        nodes.replaceAll(node -> Rewiring.apply(node, value -> replacements.getOrDefault(value, value)));
        outputs = outputs.stream()
                .map(output -> replacements.getOrDefault(output, output))
                .toList();
        return this;
    }

    /**
     * Removes nodes that no output depends on.
     *
     * @return this
     */
    public NetworkEditor removeUnread() {
        Map<String, Node> byName = new HashMap<>();
        nodes.forEach(node -> byName.put(node.name(), node));
        Set<String> read = new HashSet<>();
        List<String> next = new ArrayList<>(outputs);
        while (!next.isEmpty()) {
            String value = next.remove(next.size() - 1);
            Node node = byName.get(value);
            if (read.add(value) && node != null) {
                next.addAll(node.inputs());
            }
        }
        nodes.removeIf(node -> !read.contains(node.name()));
        return this;
    }

    /**
     * Removes channel groups: every element of every axis that belongs to one, in all nodes.
     *
     * @param groups the groups of the network as it stands
     * @param removed numbers of free groups
     * @return this
     * @throws IllegalArgumentException if a group is not free, or an axis would lose all its elements
     */
    public NetworkEditor narrow(ChannelGroups groups, Set<Integer> removed) {
        Narrowing narrowing = new Narrowing(groups, removed);
        nodes.replaceAll(narrowing::apply);
        return this;
    }

    /**
     * Returns the edited network.
     *
     * @return a new network
     * @throws IllegalArgumentException if nodes read what nothing before them yields
     */
    public Network network() {
        return new Network(name, inputs, nodes, outputs, signature);
    }

    private int position(String node) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).name().equals(node)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no node " + node);
    }
}
