package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eiesim.models.train.EpochRecord;
import org.eiesim.studies.quickstart.QuickstartListener;
import org.eiesim.studies.quickstart.QuickstartPlan;
import org.jspecify.annotations.Nullable;

/** Prints each stage of a quickstart as it ends, and bars while it goes on. */
final class QuickstartProgress implements QuickstartListener, AutoCloseable {
    private final CommonOptions common;
    private final QuickstartPlan plan;
    private final TrainingProgress training;
    private final PrintWriter out;
    private @Nullable Progress bar;
    private int numStages;

    QuickstartProgress(CommonOptions common, QuickstartPlan plan) {
        this.common = common;
        this.plan = plan;
        this.training = new TrainingProgress(common, false);
        this.out = common.out();
        out.println("The whole way from images to simulated cycles, each step as if by its own command; files in "
                + plan.folder());
        out.flush();
    }

    @Override
    public void onStart(int index, int count, String method, List<String> layers) {
        training.onStart(index, count, method, layers);
        out.println("     " + method + ": " + String.join(", ", layers));
        out.flush();
    }

    @Override
    public void onRound(int index, int count) {
        training.onRound(index, count);
    }

    @Override
    public void onBatch(int epoch, int numEpochs, int batch, int numBatches) {
        training.onBatch(epoch, numEpochs, batch, numBatches);
    }

    @Override
    public void onEpoch(EpochRecord epoch, int numEpochs) {
        training.onEpoch(epoch, numEpochs);
    }

    @Override
    public void onStage(Stage stage) {
        out.println();
        numStages++;
        out.println(numStages + "/" + Stage.values().length + "  " + plan.command(stage));
        out.flush();
    }

    @Override
    public void onStageEnd(Stage stage, Path file, double accuracy) {
        closeBar();
        out.println("     " + file.getFileName() + ": " + Accuracies.count(size(file)) + " bytes"
                + (Double.isNaN(accuracy) ? "" : ", accuracy " + Accuracies.percent(accuracy) + " on the test images"));
        out.flush();
    }

    @Override
    public void onInput(int done, int total) {
        if (bar == null) {
            bar = common.progress("simulating", total, "inputs");
        }
        bar.accept(done);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeBar() {
        training.close();
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        closeBar();
    }
}
