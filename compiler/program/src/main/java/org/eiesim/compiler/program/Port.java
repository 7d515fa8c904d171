package org.eiesim.compiler.program;

/**
 * An input or output of the network.
 *
 * @param name its name
 * @param buffer number of the host buffer that holds it
 */
public record Port(String name, int buffer) {}
