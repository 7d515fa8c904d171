package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.simulator.config.ConfigReader;
import org.eiesim.simulator.config.MachineConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code eie config check}: whether a file is a machine. */
@Command(name = "check", description = "Check a configuration file: exit 0, or 1 and the line that is wrong.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConfigCheck implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(paramLabel = "FILE", description = "A YAML file.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        MachineConfig config = ConfigReader.read(file);
        Map<String, Object> differences = new LinkedHashMap<>(config.toMap());
        differences.entrySet().removeAll(MachineConfig.defaults().toMap().entrySet());
        common.out().println(file + ": a machine of " + config.pes() + " PEs");
        differences.forEach((key, value) -> common.out().println("  " + key + ": " + value));
        MachineText machine = new MachineText(config);
        for (String line : machine.lines()) {
            common.out().println("  " + line);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("config", config.toMap());
        json.putAll(machine.json());
        common.writeJson(json);
        return ExitCode.DONE;
    }
}
