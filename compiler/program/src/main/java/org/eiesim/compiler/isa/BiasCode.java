package org.eiesim.compiler.isa;

/** How a layer's bias reaches the accumulators, as {@code set_layer} names it. */
public enum BiasCode implements Coded {
    /** The layer has no bias. */
    NONE(0),
    /** {@code load_bias} puts it into the accumulators before the first product. */
    PRELOAD(1),
    /** It is the last column of the last column tile, broadcast with the input 1. */
    COLUMN(2);

    private final int code;

    BiasCode(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
