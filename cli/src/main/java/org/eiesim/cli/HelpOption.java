package org.eiesim.cli;

import picocli.CommandLine.Option;

/** The option {@code --help}, which picocli itself obeys. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean isHelpRequested;
}
