package org.eiesim.compiler.ir;

/**
 * What lowering must know of the machine a program is for.
 *
 * @param numPes processing elements, 1..4096
 * @param indexBits bits of a relative index, 1..16
 * @param weightBits bits of a codebook index, 1..8
 * @param spmatCapacityEntries entries one PE's weight memory holds
 * @param pointerCapacityColumns columns one PE's pointer memory serves
 * @param registerFileLength activations one PE's register file holds, so that a tile has at most
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
    /** How a layer's bias reaches the accumulators. */
    public enum BiasMode {
        /** Accumulators start at the bias; nothing is broadcast for it. */
        PRELOAD,
        /** The bias is one more column, through the codebook, whose input is 1 (EIE's way). */
        COLUMN
    }
}
