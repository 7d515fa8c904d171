package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
    /** By hand: one of three steps is done, of the second one of four rounds and half of the next. */
    @Test
    void theShareOfARecipeCountsStepsRoundsAndEpochs() {
        try (TrainingProgress progress = new TrainingProgress(new CommonOptions(), false)) {
            assertThat(progress.shareDone(0.25)).isEqualTo(0.25);
            progress.onStart(1, 3, "magnitude-prune", List.of("fc1"));
            progress.onRound(2, 4);
            assertThat(progress.shareDone(0.5)).isCloseTo((1 + 1.5 / 4) / 3, Assertions.within(1e-12));
            progress.onStart(2, 3, "share-weights", List.of("fc1"));
            assertThat(progress.shareDone(1)).isEqualTo(1);
        }
    }

    @Test
    void aBarIsAsWideAsTheTerminal() {
        String before = System.getProperty("eie.columns");
        try {
            System.setProperty("eie.columns", "120");
            assertThat(Progress.width()).isEqualTo(119);
            System.setProperty("eie.columns", "0");
            assertThat(Progress.width()).isEqualTo(79);
        } finally {
            if (before == null) {
                System.clearProperty("eie.columns");
            } else {
                System.setProperty("eie.columns", before);
            }
        }
    }
}
