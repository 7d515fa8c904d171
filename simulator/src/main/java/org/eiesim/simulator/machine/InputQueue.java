package org.eiesim.simulator.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deals numbered inputs out to workers, each on its own thread. Where inputs fail, the failure of the lowest one is
 * thrown, as if they had run in order.
 */
final class InputQueue {
    private final int numInputs;
    private final int numThreads;
    private final IntConsumer progress;
    private final AtomicInteger next = new AtomicInteger();
    private int numDone;
    private int failedInput = Integer.MAX_VALUE;
    private @Nullable RuntimeException failure;

    InputQueue(int numInputs, int numThreads, IntConsumer progress) {
        if (numThreads < 1) {
            throw new IllegalArgumentException("the number of threads must be at least 1, not " + numThreads);
        }
        this.numInputs = numInputs;
        this.numThreads = Math.max(1, Math.min(numThreads, numInputs));
        this.progress = progress;
    }

    /** Runs one input. */
    interface Task<W> {
        void run(W worker, int input);
    }

    /** Runs all inputs on new workers, each made on its own thread, and returns them. */
    <W> List<W> run(Supplier<W> newWorker, Task<W> task) {
        return run(Collections.nCopies(numThreads, newWorker), task);
    }

    /** Runs all inputs on some workers, each on its own thread. */
    <W> void runOn(List<W> workers, Task<W> task) {
        List<Supplier<W>> given = new ArrayList<>();
        workers.forEach(worker -> given.add(() -> worker));
        run(given.subList(0, Math.min(numThreads, given.size())), task);
    }

    private <W> List<W> run(List<Supplier<W>> newWorkers, Task<W> task) {
        List<W> workers = new ArrayList<>();
        if (newWorkers.size() == 1) {
            workers.add(newWorkers.get(0).get());
            work(workers.get(0), task);
        } else {
            ExecutorService threads = Executors.newFixedThreadPool(newWorkers.size());
            try {
                List<Future<W>> futures = new ArrayList<>();
                for (Supplier<W> newWorker : newWorkers) {
                    futures.add(threads.submit(() -> {
                        W worker = newWorker.get();
                        work(worker, task);
                        return worker;
                    }));
                }
                for (Future<W> future : futures) {
                    workers.add(get(future));
                }
            } finally {
                threads.shutdownNow();
            }
        }
        if (failure != null) {
            throw failure;
        }
        return workers;
    }

    private <W> void work(W worker, Task<W> task) {
        for (int input = next.getAndIncrement(); input < numInputs; input = next.getAndIncrement()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted at input " + input);
            }
            try {
                task.run(worker, input);
            } catch (RuntimeException e) {
                fail(input, e);
                return;
            }
            done();
        }
    }

    private synchronized void fail(int input, RuntimeException e) {
        if (input < failedInput) {
            failedInput = input;
            failure = e;
        }
        // Lower inputs have been dealt out already; higher ones need not run.
        next.set(numInputs);
    }

    private synchronized void done() {
        progress.accept(++numDone);
    }

    private static <W> W get(Future<W> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
