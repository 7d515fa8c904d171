package org.eiesim.compiler.target;

import java.util.Locale;

/**
 * What lowering must know of the machine a program is for.
 *
 * @param numPes processing elements, 1..4096
 * @param indexBits bits of a relative index, 1..16
 * @param weightBits bits of a codebook index, 1..8
 * @param spmatCapacityEntries entries one PE's weight memory holds, &ge; 1
 * @param pointerCapacityColumns columns one PE's pointer memory serves, &ge; 1
 * @param registerFileLength activations one PE's register file holds, 1..65536, so that a tile has at most
 *     {@code numPes * registerFileLength} inputs and as many outputs
 * @param biasMode how a layer's bias reaches the accumulators
 */
public record Target(
        int numPes,
        int indexBits,
        int weightBits,
        int spmatCapacityEntries,
        int pointerCapacityColumns,
        int registerFileLength,
        BiasMode biasMode) {
    private static final int MAX_CAPACITY = 1 << 24;

    /** How a layer's bias reaches the accumulators. */
    public enum BiasMode {
        /** Accumulators start at the bias; nothing is broadcast for it. */
        PRELOAD,
        /** The bias is one more column, through the codebook, whose input is 1 (EIE's way). */
        COLUMN
    }

    /** Checks the ranges. */
    public Target {
        requireRange("the number of PEs", numPes, 4096);
        requireRange("the number of index bits", indexBits, 16);
        requireRange("the number of weight bits", weightBits, 8);
        requireRange("the entries a weight memory holds", spmatCapacityEntries, Integer.MAX_VALUE);
        requireRange("the columns a pointer memory holds", pointerCapacityColumns, Integer.MAX_VALUE);
        requireRange("the length of a register file", registerFileLength, 1 << 16);
    }

    /** In words, as messages show it. */
    @Override
    public String toString() {
        return numPes + " PEs, " + indexBits + " index bits, " + weightBits + " weight bits, " + spmatCapacityEntries
                + " weight entries and " + pointerCapacityColumns + " columns a PE, register files of "
                + registerFileLength + ", bias by " + biasMode.name().toLowerCase(Locale.ROOT);
    }

    private static void requireRange(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(what + " must be 1.." + max + ", not " + value);
        }
    }

    /**
     * Returns how many activations of a register file a program may use, all PEs together.
     *
     * @return {@code numPes * registerFileLength}, or 2^24 where that is more: so much memory a program file can make its
     *     reader take, and no layer needs it
     */
    public int registerFileCapacity() {
        return Math.min(MAX_CAPACITY, numPes * registerFileLength);
    }
}
