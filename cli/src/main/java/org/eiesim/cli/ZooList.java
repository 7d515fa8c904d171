package org.eiesim.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.models.zoo.PublishedDensities;
import org.eiesim.models.zoo.PublishedNetworks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eie zoo list}: the published networks and where their densities are from. */
@Command(name = "list", description = "List the published networks and the densities they are made at.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ZooList implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        List<String> names = PublishedNetworks.names();
        common.out()
                .print(new Table<String>()
                        .text("network", name -> name)
                        .text("density", name -> PublishedDensities.of(name).source())
                        .format(names));
        common.writeJson(Map.of(
                "networks",
                names.stream()
                        .map(name -> Map.of(
                                "name",
                                name,
                                "density",
                                PublishedDensities.of(name).source()))
                        .toList()));
        return ExitCode.DONE;
    }
}
