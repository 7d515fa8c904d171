package org.eiesim.compiler.isa;

/** Which transfers {@code set_strides} is about. */
public enum TransferCode implements Coded {
    /** {@code load_activations}. */
    LOAD(0),
    /** {@code store_activations}. */
    STORE(1);

    private final int code;

    TransferCode(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
