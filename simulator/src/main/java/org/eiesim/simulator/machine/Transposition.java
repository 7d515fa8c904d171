package org.eiesim.simulator.machine;

/**
 * Moves vectors between a host buffer, where value i of vector v stands at {@code offset + i * step + v * vectorStride},
 * and a block, where it stands at {@code at + i * blockStride + v}.
 */
final class Transposition {
    /** Values of a vector moved at a time, so that the lines of the block they go to stay in the first cache. */
    private static final int TILE = 16;

    private Transposition() {}

    static void gather(
            float[] buffer,
            int offset,
            int step,
            long vectorStride,
            int count,
            int numVectors,
            float[] block,
            int at,
            int blockStride) {
        if (vectorStride == 1) {
            for (int i = 0; i < count; i++) {
                System.arraycopy(buffer, offset + i * step, block, at + i * blockStride, numVectors);
            }
            return;
        }
        for (int first = 0; first < count; first += TILE) {
            int end = Math.min(count, first + TILE);
            for (int v = 0; v < numVectors; v++) {
                int from = (int) (offset + v * vectorStride);
                for (int i = first; i < end; i++) {
                    block[at + i * blockStride + v] = buffer[from + i * step];
                }
            }
        }
    }

    static void scatter(
            float[] block,
            int at,
            int blockStride,
            int count,
            int numVectors,
            float[] buffer,
            int offset,
            int step,
            long vectorStride) {
        if (vectorStride == 1) {
            for (int i = 0; i < count; i++) {
                System.arraycopy(block, at + i * blockStride, buffer, offset + i * step, numVectors);
            }
            return;
        }
        for (int first = 0; first < count; first += TILE) {
            int end = Math.min(count, first + TILE);
            for (int v = 0; v < numVectors; v++) {
                int to = (int) (offset + v * vectorStride);
                for (int i = first; i < end; i++) {
                    buffer[to + i * step] = block[at + i * blockStride + v];
                }
            }
        }
    }
}
