package org.eiesim.compiler.program;

import org.eiesim.compiler.isa.Coded;

/** What a layer is in the network. */
public enum LayerKind implements Coded {
    /** Fully connected. */
    DENSE(0),
    /** Convolution. */
    CONVOLUTION(1),
    /** Recurrent cell. */
    RECURRENT(2);

    private final int code;

    LayerKind(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
