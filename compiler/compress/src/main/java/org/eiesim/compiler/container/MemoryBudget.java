package org.eiesim.compiler.container;

import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.kernels.bits.FormatException;

/**
 * What a reader may still allocate. A compressed format can state, in a few bytes and with correct checksums, a network
 * of any size, so that no rule on the file alone bounds memory; hence every allocation that a file's content determines
 * is taken from this budget before it is made.
 */
final class MemoryBudget {
    private final long limitBytes;
    private long usedBytes;

    MemoryBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /**
     * Takes {@code count * bytesEach} bytes from the budget.
     *
     * @param in the section that asks for them, named in the error
     * @param what what they are for
     * @throws FormatException if they are not left
     */
    void reserve(SectionReader in, String what, long count, int bytesEach) throws FormatException {
        if (count > (limitBytes - usedBytes) / bytesEach) {
            throw in.error("not enough memory for " + what + ": " + count * bytesEach + " bytes needed, "
                    + usedBytes + " of " + limitBytes
                    + " in use; if the file is to be trusted, allow more (a larger heap: java -Xmx)");
        }
        usedBytes += count * bytesEach;
    }

    /** Gives back what was reserved for something that is no longer held. */
    void release(long count, int bytesEach) {
        usedBytes -= count * bytesEach;
    }
}
