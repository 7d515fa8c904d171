package org.eiesim.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eiesim.simulator.config.ConfigReader;
import org.eiesim.simulator.config.MachineConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie config show}: all values of a machine, as a configuration file. */
@Command(name = "show", description = "Print all values of a machine, as a configuration file.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConfigShow implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(paramLabel = "ARCH", description = "A preset or a YAML file.")
    private String architecture;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            parameterConsumer = SettingsConsumer.class,
            description = "Change a parameter; repeatable.")
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        MachineConfig config = ConfigReader.open(architecture).withSettings(settings);
        common.out().print(config.toYaml());
        for (String line : new MachineText(config).lines()) {
            common.out().println("# " + line);
        }
        common.writeJson(config.toMap());
        return ExitCode.DONE;
    }
}
