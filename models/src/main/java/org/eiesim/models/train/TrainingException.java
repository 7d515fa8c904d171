package org.eiesim.models.train;

import org.jspecify.annotations.Nullable;

/**
 * Training cannot start or cannot go on: PyTorch's native library is not there for this platform, or the loss is no
 * longer a number. The message is one line that says what to do.
 */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what is wrong and what to do, one line
     * @param cause the reason, or null
     */
    public TrainingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
