package org.eiesim.cli;

import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far long work has come, as a bar on standard error. Shows nothing where that is not a terminal. */
final class Progress implements AutoCloseable, IntConsumer {
    /** Set by the launcher where standard error is a terminal, which Java cannot find out by itself. */
    private static final String TERMINAL_PROPERTY = "eie.terminal";

    private static final int WIDTH = 79;
    private static final int UPDATE_MILLISECONDS = 200;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static Progress start(String task, long total, boolean isWanted) {
        if (!isWanted || !Boolean.getBoolean(TERMINAL_PROPERTY)) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .clearDisplayOnFinish()
                .build());
    }

    /** Returns whether there is a bar to see. */
    boolean isShown() {
        return bar != null;
    }

    /**
     * Moves the bar.
     *
     * @param done steps done so far
     */
    @Override
    public void accept(int done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    /**
     * Shows a few words behind the bar.
     *
     * @param text such as the loss
     */
    void say(String text) {
        if (bar != null) {
            bar.setExtraMessage(" " + text);
        }
    }

    /** Clears the bar. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
