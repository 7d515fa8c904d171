package org.eiesim.models.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;

/**
 * Which elements of which axes can only be removed together. Element i of axis a of a value is a <em>place</em>; nodes link
 * places: what a batch normalisation, an activation function or a pooling passes on, the operands of a sum, the parts of a
 * concatenation, the positions a flattening makes of a channel, the channels of a depthwise convolution. Places linked to
 * each other form a group, numbered from 0 in the order of the network. A group is <em>free</em> if removing it changes
 * nothing but what its consumers add for it: where every consumer's weights for it are zero, the network without it yields
 * the same outputs.
 *
 * <p>Not free are places of the network's inputs and outputs, of axes that a softmax, a normalisation, a reduction or a
 * window looks across, of the inner axis of a product of two activations, and what a reshape would tear apart.
 */
public final class ChannelGroups {
    private final Network network;
    private final Map<String, Shape> shapes;
    /** First place of each axis of each value. */
    private final Map<String, int[]> firstPlaces = new HashMap<>();

    private final int[] parents;
    private final boolean[] locked;
    /** Number of each place's group. */
    private final int[] numbers;

    private final List<Group> groups = new ArrayList<>();

    /**
     * Elements that can only be removed together.
     *
     * @param number its number
     * @param free whether it may be removed
     * @param elements the elements of every axis that has some, by value and axis in the order of the network
     */
    public record Group(int number, boolean free, List<Elements> elements) {
        /** Copies the list. */
        public Group {
            elements = List.copyOf(elements);
        }
    }

    /**
     * Elements of one axis.
     *
     * @param value the value
     * @param axis one of its axes
     * @param indices positions along the axis, ascending
     */
    public record Elements(String value, int axis, List<Integer> indices) {
        /** Copies the list. */
        public Elements {
            indices = List.copyOf(indices);
        }
    }

    private ChannelGroups(Network network) {
        this.network = network;
        shapes = ShapeInference.infer(network);
        int numPlaces = 0;
        for (Map.Entry<String, Shape> value : shapes.entrySet()) {
            int[] first = new int[value.getValue().rank()];
            for (int axis = 0; axis < first.length; axis++) {
                first[axis] = numPlaces;
                numPlaces = Math.addExact(numPlaces, value.getValue().extent(axis));
            }
            firstPlaces.put(value.getKey(), first);
        }
        parents = IntStream.range(0, numPlaces).toArray();
        locked = new boolean[numPlaces];
        numbers = new int[numPlaces];
    }

    /**
     * Finds the groups of a network.
     *
     * @param network the network
     * @return its groups
     * @throws IllegalArgumentException if the network's shapes do not fit together
     */
    public static ChannelGroups of(Network network) {
        ChannelGroups groups = new ChannelGroups(network);
        network.inputs().forEach(input -> groups.lock(input.name()));
        AxisLinks links = new AxisLinks(groups);
        network.nodes().forEach(links::apply);
        network.outputs().forEach(groups::lock);
        groups.number();
        return groups;
    }

    Shape shape(String value) {
        Shape shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalArgumentException("there is no value " + value);
        }
        return shape;
    }

    private int place(String value, int axis, int index) {
        int[] first = firstPlaces.get(value);
        if (first == null) {
            throw new IllegalArgumentException("there is no value " + value);
        }
        return first[axis] + index;
    }

    private int root(int place) {
        int root = place;
        while (parents[root] != root) {
            root = parents[root];
        }
        for (int at = place; parents[at] != root; ) {
            int next = parents[at];
            parents[at] = root;
            at = next;
        }
        return root;
    }

    /** Links one element of an axis of a value to one of another's. */
    void link(String value, int axis, int index, String other, int otherAxis, int otherIndex) {
        int a = root(place(value, axis, index));
        int b = root(place(other, otherAxis, otherIndex));
        parents[Math.max(a, b)] = Math.min(a, b);
        locked[Math.min(a, b)] = locked[a] || locked[b];
    }

    /** Links two axes of as many elements, element by element. */
    void link(String value, int axis, String other, int otherAxis) {
        for (int i = 0; i < shape(value).extent(axis); i++) {
            link(value, axis, i, other, otherAxis, i);
        }
    }

    /** Says that an axis must keep all its elements. */
    void lock(String value, int axis) {
        for (int i = 0; i < shape(value).extent(axis); i++) {
            locked[root(place(value, axis, i))] = true;
        }
    }

    /** Says that a value must stay as it is. */
    void lock(String value) {
        for (int axis = 0; axis < shape(value).rank(); axis++) {
            lock(value, axis);
        }
    }

    private void number() {
        Map<Integer, Map<String, Map<Integer, List<Integer>>>> members = new LinkedHashMap<>();
        shapes.forEach((value, shape) -> {
            for (int axis = 0; axis < shape.rank(); axis++) {
                for (int i = 0; i < shape.extent(axis); i++) {
                    members.computeIfAbsent(root(place(value, axis, i)), root -> new LinkedHashMap<>())
                            .computeIfAbsent(value, name -> new LinkedHashMap<>())
                            .computeIfAbsent(axis, number -> new ArrayList<>())
                            .add(i);
                }
            }
        });
        members.forEach((root, values) -> {
            List<Elements> elements = new ArrayList<>();
            values.forEach(
                    (value, axes) -> axes.forEach((axis, indices) -> elements.add(new Elements(value, axis, indices))));
            numbers[root] = groups.size();
            groups.add(new Group(groups.size(), !locked[root], elements));
        });
    }

    /**
     * Returns all groups.
     *
     * @return groups by number
     */
    public List<Group> groups() {
        return List.copyOf(groups);
    }

    /**
     * Returns the groups of an axis.
     *
     * @param value a value of the network
     * @param axis one of its axes
     * @return the group's number of each element
     * @throws IllegalArgumentException if there is no such value
     */
    public int[] of(String value, int axis) {
        return IntStream.range(0, shape(value).extent(axis))
                .map(i -> numbers[root(place(value, axis, i))])
                .toArray();
    }

    /**
     * Returns the groups of the channels a layer yields: of the first axis of a convolution's value, of the last of any
     * other's.
     *
     * @param layer a node's name
     * @return the group's number of each output
     * @throws IllegalArgumentException if there is no such value
     */
    public int[] ofOutputs(String layer) {
        boolean convolution = network.nodes().stream()
                .anyMatch(node -> node.name().equals(layer) && node instanceof Node.Convolution);
        return of(layer, convolution ? 0 : shape(layer).rank() - 1);
    }

    /** Returns the elements of an axis that stay when some groups go. */
    int[] kept(String value, int axis, Set<Integer> removed) {
        int[] of = of(value, axis);
        int[] kept = IntStream.range(0, of.length)
                .filter(i -> !removed.contains(of[i]))
                .toArray();
        if (kept.length == 0 && of.length > 0) {
            throw new IllegalArgumentException(
                    "axis " + axis + " of " + value + " would lose all of its " + of.length + " elements");
        }
        return kept;
    }
}
