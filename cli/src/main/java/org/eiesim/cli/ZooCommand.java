package org.eiesim.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eie zoo}: published networks with synthetic weights. */
@Command(
        name = "zoo",
        description = "List published networks, and write one with synthetic weights.",
        subcommands = {ZooList.class, ZooCreate.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ZooCommand {
    @Mixin
    HelpOption help;
}
