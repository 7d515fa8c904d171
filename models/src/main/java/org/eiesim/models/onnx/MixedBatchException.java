package org.eiesim.models.onnx;

import java.util.Set;

/**
 * An operator mixes the samples of what was taken for a batch, so that this axis is none. It never leaves the import, which
 * then tries another axis.
 */
final class MixedBatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The batch axis that the operator suggests where it suggests none. */
    static final int NO_SUGGESTION = -1;

    private final String place;
    private final String reason;
    private final transient Set<String> inputs;
    private final int suggestedAxis;

    /**
     * Makes an exception.
     *
     * @param place the node and its operator
     * @param reason what it does with which axis
     * @param inputs the ONNX names of the network inputs whose batch it is
     * @param suggestedAxis the axis where the operator expects a batch, or {@link #NO_SUGGESTION}
     */
    MixedBatchException(String place, String reason, Set<String> inputs, int suggestedAxis) {
        super(place + ": " + reason);
        this.place = place;
        this.reason = reason;
        this.inputs = Set.copyOf(inputs);
        this.suggestedAxis = suggestedAxis;
    }

    Set<String> inputs() {
        return inputs;
    }

    int suggestedAxis() {
        return suggestedAxis;
    }

    /** The node and its operator. */
    String place() {
        return place;
    }

    /** What it does with which axis. */
    String reason() {
        return reason;
    }
}
