package org.eiesim.models.train;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one thread on which arrays are touched. PyTorch keeps a switch per thread that says whether operations are
 * recorded; DJL turns it off only on the thread that loads the library, and records one gradient at a time in a
 * process. So runs started by several threads take turns here, update by update.
 */
final class EngineThread {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "eiesim-training");
        thread.setDaemon(true);
        return thread;
    });

    private EngineThread() {}

    /**
     * Runs a task on the engine's thread and waits for it.
     *
     * @param task what to do; throws only unchecked exceptions
     * @return what it yields
     */
    static <T> T call(Callable<T> task) {
        try {
            return THREAD.submit(task).get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a training task threw a checked exception", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingException("training was interrupted", e);
        }
    }
}
