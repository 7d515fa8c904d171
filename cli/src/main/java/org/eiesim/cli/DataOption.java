package org.eiesim.cli;

import picocli.CommandLine.Option;

/** The option that names a dataset. A command that cannot do without holds it as a {@code Mixin}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DataOption {
    @Reads
    @Option(
            names = "--data",
            paramLabel = "DATA",
            required = true,
            description =
                    "Labelled images: fashion-mnist (built in), fashion-mnist-full (all of it, from Debian's package"
                            + " dataset-fashion-mnist), or a folder of MNIST's idx files, plain or .gz.")
    private String name;

    /** Returns the name or folder, as given. */
    String name() {
        return name;
    }
}
