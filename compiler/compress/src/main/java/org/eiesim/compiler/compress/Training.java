package org.eiesim.compiler.compress;

/** Trains the network with everything that is in force; the layers of the application are trained, others frozen. */
public non-sealed interface Training extends Method {
    /**
     * Trains.
     *
     * @param state the network and what is in force
     * @param application layers and values
     * @param context the images
     * @return the trained network, the same parametrizations being in force
     */
    CompressionState train(CompressionState state, Application application, CompressionContext context);
}
