package org.eiesim.cli;

import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far long work has come, as a bar on standard error as wide as the terminal: the share and the number of steps
 * done, their unit, the time gone and the time to go. Shows nothing where standard error is not a terminal.
 */
final class Progress implements AutoCloseable, IntConsumer {
    /** Set by the launcher where standard error is a terminal, which Java cannot find out by itself. */
    private static final String TERMINAL_PROPERTY = "eie.terminal";

    /** Set by the launcher to the terminal's columns, where it knows them. */
    private static final String COLUMNS_PROPERTY = "eie.columns";

    private static final int DEFAULT_COLUMNS = 80;
    private static final int MIN_COLUMNS = 20;
    private static final int UPDATE_MILLISECONDS = 200;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Starts a bar.
     *
     * @param task what is being done, one or two words
     * @param total steps it takes
     * @param unit what a step is, in the plural, such as {@code inputs}
     * @param isWanted whether to show it at all
     */
    static Progress start(String task, long total, String unit, boolean isWanted) {
        if (!isWanted || !Boolean.getBoolean(TERMINAL_PROPERTY)) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, width()))
                .clearDisplayOnFinish()
                .build());
    }

    /** Returns the width of a bar: one column stays free, so that no terminal breaks the line. */
    static int width() {
        int columns = Integer.getInteger(COLUMNS_PROPERTY, DEFAULT_COLUMNS);
        return Math.max(MIN_COLUMNS, columns < 1 ? DEFAULT_COLUMNS : columns) - 1;
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
