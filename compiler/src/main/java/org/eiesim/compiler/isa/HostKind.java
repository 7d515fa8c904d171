package org.eiesim.compiler.isa;

import java.util.List;

/** What the host computes between products. */
public enum HostKind implements Coded {
    /** {@code y[i] = exp(x[i]) / sum_j exp(x[j])} within each run of {@code axis_length} values. */
    SOFTMAX(0, "axis_length"),
    /** {@code y[i] = x[i] + z[i]}, z being the buffer {@code second}. */
    ADD(1, "second"),
    /** {@code y[i] = f(x[i])}, f being the {@link ActivationCode} numbered {@code function}. */
    ACTIVATION(2, "function");

    private final int code;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> attributes;

    HostKind(int code, String... attributes) {
        this.code = code;
        this.attributes = List.of(attributes);
    }

    /**
     * Returns the names of the attributes it needs.
     *
     * @return the names, in the order in which they are written
     */
    public List<String> attributes() {
        return attributes;
    }

    @Override
    public int code() {
        return code;
    }
}
