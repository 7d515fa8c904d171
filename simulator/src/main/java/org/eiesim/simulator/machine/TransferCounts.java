package org.eiesim.simulator.machine;

/**
 * What moves between the host's memory and the array. No cycles are counted for it.
 *
 * @param weightEntries entries (code and relative index) loaded into weight memories, all PEs together
 * @param columnPointers column pointers loaded into pointer memories, all PEs together
 * @param sharedWeights codebook entries loaded; every PE receives the same ones
 * @param biases biases loaded into accumulators
 * @param activationsLoaded activations loaded into the source register file
 * @param activationsStored activations stored from the destination register file
 */
public record TransferCounts(
        long weightEntries,
        long columnPointers,
        long sharedWeights,
        long biases,
        long activationsLoaded,
        long activationsStored) {
    /** Nothing moved. */
    public static final TransferCounts NONE = new TransferCounts(0, 0, 0, 0, 0, 0);

    /**
     * Adds two counts.
     *
     * @param other the other
     * @return the sums
     */
    public TransferCounts plus(TransferCounts other) {
        return new TransferCounts(
                weightEntries + other.weightEntries,
                columnPointers + other.columnPointers,
                sharedWeights + other.sharedWeights,
                biases + other.biases,
                activationsLoaded + other.activationsLoaded,
                activationsStored + other.activationsStored);
    }

    /**
     * Counts the same transfers several times.
     *
     * @param factor how often
     * @return the products
     */
    public TransferCounts times(long factor) {
        return new TransferCounts(
                weightEntries * factor,
                columnPointers * factor,
                sharedWeights * factor,
                biases * factor,
                activationsLoaded * factor,
                activationsStored * factor);
    }
}
