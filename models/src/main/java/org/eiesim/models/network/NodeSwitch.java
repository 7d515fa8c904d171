package org.eiesim.models.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A function over nodes with one case for each kind of node. Building one fails where a kind has no case, so that a new
 * kind of node cannot be forgotten anywhere.
 *
 * @param <C> what every case is given besides the node
 * @param <R> the result
 */
public final class NodeSwitch<C, R> {
    private final Map<Class<?>, Case<Node, C, R>> cases;

    private NodeSwitch(Map<Class<?>, Case<Node, C, R>> cases) {
        this.cases = cases;
    }

    /**
     * What is done for one kind of node.
     *
     * @param <N> the kind
     * @param <C> what it is given besides the node
     * @param <R> the result
     */
    @FunctionalInterface
    public interface Case<N extends Node, C, R> {
        /**
         * Handles one node.
         *
         * @param node the node
         * @param context what it is given besides
         * @return the result
         */
        R apply(N node, C context);
    }

    /**
     * Returns every kind of node.
     *
     * @return the record classes that implement {@link Node}, in the order of their declaration
     */
    public static Set<Class<?>> kinds() {
        Set<Class<?>> kinds = new LinkedHashSet<>();
        addKinds(Node.class, kinds);
        return Collections.unmodifiableSet(kinds);
    }

    private static void addKinds(Class<?> type, Set<Class<?>> kinds) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                addKinds(permitted, kinds);
            }
        } else {
            kinds.add(type);
        }
    }

    /**
     * Starts a function without cases.
     *
     * @param <C> what every case is given besides the node
     * @param <R> the result
     * @return the builder
     */
    public static <C, R> Builder<C, R> builder() {
        return new Builder<>();
    }

    /**
     * Applies the case for a node's kind.
     *
     * @param node the node
     * @param context what the case is given besides
     * @return what the case returns
     */
    public R apply(Node node, C context) {
        Case<Node, C, R> handler = cases.get(node.getClass());
        if (handler == null) {
            throw new IllegalStateException("no case for " + node.getClass());
        }
        return handler.apply(node, context);
    }

    /**
     * Collects the cases.
     *
     * @param <C> what every case is given besides the node
     * @param <R> the result
     */
    public static final class Builder<C, R> {
        private final Map<Class<?>, Case<Node, C, R>> cases = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds the case for one kind.
         *
         * @param <N> the kind
         * @param kind its class
         * @param handler what is done for it
         * @return this builder
         */
        public <N extends Node> Builder<C, R> on(Class<N> kind, Case<? super N, C, R> handler) {
            if (cases.put(kind, (node, context) -> handler.apply(kind.cast(node), context)) != null) {
                throw new IllegalStateException("two cases for " + kind);
            }
            return this;
        }

        /**
         * Ends the collection.
         *
         * @return the function
         * @throws IllegalStateException if a kind of node has no case
         */
        public NodeSwitch<C, R> build() {
            for (Class<?> kind : kinds()) {
                if (!cases.containsKey(kind)) {
                    throw new IllegalStateException("no case for " + kind);
                }
            }
            return new NodeSwitch<>(Map.copyOf(cases));
        }
    }
}
