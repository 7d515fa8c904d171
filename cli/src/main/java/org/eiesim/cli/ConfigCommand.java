package org.eiesim.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eie config}: machines and their parameters. */
@Command(
        name = "config",
        description = "List, show and check machine configurations.",
        subcommands = {ConfigList.class, ConfigShow.class, ConfigCheck.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConfigCommand {
    @Mixin
    HelpOption help;
}
