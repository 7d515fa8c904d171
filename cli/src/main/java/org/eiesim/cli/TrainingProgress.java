package org.eiesim.cli;

import java.util.List;
import java.util.Locale;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.models.train.EpochRecord;
import org.eiesim.models.train.NativeLibrary;
import org.jspecify.annotations.Nullable;

/**
 * Shows how training goes on: a bar on a terminal, elsewhere a line for each epoch on standard error. In a recipe of
 * several steps or rounds both say which one it is and how much of the whole recipe is done, steps taken as equally long.
 * Nothing with --quiet.
 */
final class TrainingProgress implements RecipeListener, AutoCloseable {
    private final CommonOptions common;
    private final boolean areEpochsPrinted;
    private String task = "training";
    private int step;
    private int numSteps = 1;
    private int round = 1;
    private int numRounds = 1;
    private @Nullable Progress bar;

    /**
     * Makes a listener.
     *
     * @param common says where to print
     * @param areEpochsPrinted whether epochs are worth a line where there is no bar
     */
    TrainingProgress(CommonOptions common, boolean areEpochsPrinted) {
        this.common = common;
        this.areEpochsPrinted = areEpochsPrinted;
    }

    /** Says where the native library goes if this is the first training on this machine; it takes a while. */
    static void announceLibrary(CommonOptions common) {
        if (NativeLibrary.isToBeUnpacked()) {
            common.note("unpacking PyTorch's native library, once, about " + NativeLibrary.SIZE_MEGABYTES + " MB, to "
                    + NativeLibrary.folder() + " (DJL_CACHE_DIR names another place)");
        }
    }

    @Override
    public void onStart(int index, int count, String method, List<String> layers) {
        task = method;
        step = index;
        numSteps = count;
        round = 1;
        numRounds = 1;
        if (areEpochsPrinted) {
            common.progressLine("step " + (index + 1) + "/" + count + "  " + method + ": " + String.join(", ", layers));
        }
    }

    @Override
    public void onRound(int index, int count) {
        round = index;
        numRounds = count;
    }

    /**
     * Returns how much of the recipe is done.
     *
     * @param epochs share of the epochs of this round that is done, 0 to 1
     */
    double shareDone(double epochs) {
        return (step + (round - 1 + epochs) / numRounds) / numSteps;
    }

    /** Returns which step and round it is, and what share of the recipe is done; nothing where there is but one. */
    private String whereabouts(double epochs) {
        String text = numSteps > 1 ? "step " + (step + 1) + "/" + numSteps + "  " : "";
        text += numRounds > 1 ? "round " + round + "/" + numRounds + "  " : "";
        return text.isEmpty()
                ? ""
                : text + String.format(Locale.ROOT, "%.0f %% of the recipe  ", 100 * shareDone(epochs));
    }

    @Override
    public void onBatch(int epoch, int numEpochs, int batch, int numBatches) {
        if (bar == null) {
            bar = common.progress(task, (long) numEpochs * numBatches, "batches");
        }
        bar.accept(epoch * numBatches + batch);
        if (numSteps > 1 || numRounds > 1) {
            bar.say(whereabouts((epoch * (double) numBatches + batch) / ((double) numEpochs * numBatches))
                    .strip());
        }
    }

    @Override
    public void onEpoch(EpochRecord epoch, int numEpochs) {
        String text = describe(epoch, numEpochs);
        String where = whereabouts((epoch.epoch() + 1.0) / numEpochs);
        if (bar != null && bar.isShown()) {
            bar.say(where + text);
        } else if (areEpochsPrinted) {
            common.progressLine(where + text);
        }
        if (epoch.epoch() + 1 == numEpochs) {
            close();
        }
    }

    private static String describe(EpochRecord epoch, int numEpochs) {
        String text = String.format(
                Locale.ROOT, "epoch %d/%d  loss %.4f", epoch.epoch() + 1, numEpochs, epoch.trainingLoss());
        return Double.isNaN(epoch.validationAccuracy())
                ? text
                : text + "  validation accuracy " + Accuracies.percent(epoch.validationAccuracy());
    }

    /** Clears the bar, if there is one. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
