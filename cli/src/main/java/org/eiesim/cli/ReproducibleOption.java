package org.eiesim.cli;

import org.eiesim.models.train.Reproducibility;
import picocli.CommandLine.Option;

/** The option of commands that train. A command holds it as a {@code Mixin}. */
final class ReproducibleOption {
    @Option(
            names = "--reproducible",
            description = "Train to the same bytes on every x86-64 processor; slower. Without it the same bytes come on"
                    + " processors of one kind.")
    private boolean isWanted;

    /** Returns whether it is given. */
    boolean isWanted() {
        return isWanted;
    }

    /** Prepares the training that is to come. */
    void apply() {
        if (isWanted) {
            Reproducibility.require();
        }
    }
}
