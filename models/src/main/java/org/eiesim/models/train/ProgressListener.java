package org.eiesim.models.train;

/** Is told how training goes on, on the training thread. */
public interface ProgressListener {
    /** Listens to nothing. */
    ProgressListener SILENT = new ProgressListener() {};

    /**
     * Called before each of several rounds of training that belong together, each of its own epochs.
     *
     * @param index which round, from 1
     * @param count rounds there are
     */
    default void onRound(int index, int count) {}

    /**
     * Called after each update.
     *
     * @param epoch the epoch, from 0
     * @param numEpochs epochs of this run
     * @param batch updates made in this epoch, this one included
     * @param numBatches updates an epoch makes
     */
    default void onBatch(int epoch, int numEpochs, int batch, int numBatches) {}

    /**
     * Called after each epoch.
     *
     * @param epoch what it came to
     * @param numEpochs epochs of this run
     */
    default void onEpoch(EpochRecord epoch, int numEpochs) {}
}
