package org.eiesim.cli;

import java.util.List;
import picocli.CommandLine.Command;

/** The one list of commands, in the order in which {@code eie --help} shows them. */
final class Commands {
    /** Classes annotated with picocli's {@code Command}, each a {@code Callable<Integer>} that yields the exit code. */
    static final List<Class<?>> ALL = List.of(
            QuickstartCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            CompressCommand.class,
            ImportCommand.class,
            ZooCommand.class,
            InspectCommand.class,
            VerifyCommand.class,
            DiffCommand.class,
            DecodeCommand.class,
            ExportCommand.class,
            CompileCommand.class,
            DisasmCommand.class,
            AsmCommand.class,
            SimulateCommand.class,
            ConfigCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            SweepCommand.class,
            ReproduceCommand.class);

    private Commands() {}

    /**
     * Returns the command of a name, alone, because setting up all of them takes longer than a short run; all of them
     * where there is none of that name, so that help and suggestions can name them.
     */
    static List<Class<?>> named(String name) {
        for (Class<?> command : ALL) {
            if (command.getAnnotation(Command.class).name().equals(name)) {
                return List.of(command);
            }
        }
        return ALL;
    }
}
