package org.eiesim.studies.simulation;

/** A check that the user asked for has failed. The message is one line that says where. */
public final class FailedCheckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what differs and where, one line
     */
    public FailedCheckException(String message) {
        super(message);
    }
}
