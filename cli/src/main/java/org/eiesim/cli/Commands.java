package org.eiesim.cli;

import java.util.List;

/** The one list of commands, in the order in which {@code eie --help} shows them. */
final class Commands {
    /** Classes annotated with picocli's {@code Command}, each a {@code Callable<Integer>} that yields the exit code. */
    static final List<Class<?>> ALL = List.of(
            QuickstartCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            CompressCommand.class,
            SimulateCommand.class,
            ConfigCommand.class,
            ReportCommand.class,
            SweepCommand.class);

    private Commands() {}
}
