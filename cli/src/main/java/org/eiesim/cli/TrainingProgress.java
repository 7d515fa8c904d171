package org.eiesim.cli;

import java.util.List;
import java.util.Locale;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.models.train.EpochRecord;
import org.eiesim.models.train.NativeLibrary;
import org.jspecify.annotations.Nullable;

/**
 * Shows how training goes on: a bar on a terminal, elsewhere a line for each epoch on standard error. Nothing with
 * --quiet.
 */
final class TrainingProgress implements RecipeListener, AutoCloseable {
    private final CommonOptions common;
    private final boolean areEpochsPrinted;
    private String task = "training";
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
        if (areEpochsPrinted) {
            common.progressLine("step " + (index + 1) + "/" + count + "  " + method + ": " + String.join(", ", layers));
        }
    }

    @Override
    public void onBatch(int epoch, int numEpochs, int batch, int numBatches) {
        if (bar == null) {
            bar = common.progress(task, (long) numEpochs * numBatches);
        }
        bar.accept(epoch * numBatches + batch);
    }

    @Override
    public void onEpoch(EpochRecord epoch, int numEpochs) {
        String text = describe(epoch, numEpochs);
        if (bar != null && bar.isShown()) {
            bar.say(text);
        } else if (areEpochsPrinted) {
            common.progressLine(text);
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
