package org.eiesim.compiler.program;

/**
 * A vector in the host's memory. It holds numbers, not raw values: what a fixed-point run stores there is converted from
 * its format (exactly), and what it loads is rounded to the format of the layer that loads it.
 *
 * @param name the value it holds
 * @param length values, &ge; 0
 */
public record HostBuffer(String name, int length) {
    /** Checks the range. */
    public HostBuffer {
        if (length < 0) {
            throw new IllegalArgumentException("buffer " + name + ": length must not be negative: " + length);
        }
    }
}
