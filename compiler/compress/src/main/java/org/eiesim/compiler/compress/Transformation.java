package org.eiesim.compiler.compress;

/** Second kind of method: it changes the network's graph, and what is in force for it accordingly. */
public non-sealed interface Transformation extends Method {
    /**
     * Transforms a network.
     *
     * @param state the network and what is in force
     * @param application layers and values
     * @param context data, where the method looks at activations
     * @return the new network and what is in force for it
     */
    CompressionState transform(CompressionState state, Application application, CompressionContext context);
}
