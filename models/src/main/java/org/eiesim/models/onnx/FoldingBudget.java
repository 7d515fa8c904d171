package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;

/**
 * How many elements an import may make of constants that the file does not hold: a few bytes can state gigabytes. Every
 * array whose extent operands decide is taken from it before it is made.
 */
final class FoldingBudget {
    /** What any file may make: 16 MiB of float32. */
    private static final long BASE = 1 << 22;

    /** Elements more for each byte of the file. */
    private static final long PER_BYTE = 4;

    private final long total;
    private long rest;

    /**
     * Makes a budget.
     *
     * @param fileBytes the size of the graph with its weights
     */
    FoldingBudget(long fileBytes) {
        total = BASE + PER_BYTE * fileBytes;
        rest = total;
    }

    /** Takes elements for a node. */
    void take(OnnxNode node, long elements) throws FormatException {
        if (elements > rest) {
            throw node.error("it makes " + elements + " elements of constants, and an import of this file at most "
                    + total + " in all; store the result as a weight, or export with dynamic shapes resolved");
        }
        rest -= elements;
    }
}
