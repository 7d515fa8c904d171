package org.eiesim.models.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Shares the indices of a loop among threads, each index going to exactly one of them. */
final class Parallel {
    /** Work on a range of indices. */
    @FunctionalInterface
    interface Range {
        /** Handles the indices from {@code from} to {@code to}, exclusive. */
        void run(int from, int to);
    }

    private Parallel() {}

    /**
     * Runs a loop over 0..count-1 as one contiguous range per thread.
     *
     * @param count number of indices
     * @param threads number of threads, at least 1
     * @param work what is done for a range; must not depend on other ranges
     * @throws IllegalArgumentException if {@code threads} is less than 1
     */
    static void forRanges(int count, int threads, Range work) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        int numRanges = Math.min(threads, count);
        if (numRanges <= 1) {
            work.run(0, count);
            return;
        }
        ExecutorService executor = Executors.newFixedThreadPool(numRanges);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int range = 0; range < numRanges; range++) {
                int from = (int) ((long) count * range / numRanges);
                int to = (int) ((long) count * (range + 1) / numRanges);
                futures.add(executor.submit(() -> work.run(from, to)));
            }
            for (Future<?> future : futures) {
                await(future);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
