package org.eiesim.simulator.functional;

import java.util.Arrays;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.machine.EventRecord;

/** Counts, column by column of one product, the events that need no clock. */
final class ColumnCounter {
    private final InterleavedCsc matrix;
    private final int rowEntries;
    /** Last weight-memory row each PE read in this product, or -1. */
    private final int[] lastRow;

    ColumnCounter(InterleavedCsc matrix, int rowEntries) {
        this.matrix = matrix;
        this.rowEntries = rowEntries;
        lastRow = new int[matrix.numPes()];
    }

    void startProduct(EventRecord events) {
        Arrays.fill(lastRow, -1);
        events.products++;
    }

    /** Counts one broadcast column. */
    void count(int column, EventRecord events) {
        events.broadcasts++;
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            int start = matrix.columnStarts()[pe][column];
            int end = matrix.columnStarts()[pe][column + 1];
            if (start == end) {
                events.emptyColumns[pe]++;
                continue;
            }
            int padding = 0;
            byte[] codes = matrix.codes()[pe];
            for (int entry = start; entry < end; entry++) {
                padding += codes[entry] == 0 ? 1 : 0;
            }
            events.paddingEntries[pe] += padding;
            events.accumulates[pe] += end - start - padding;
            int firstRow = start / rowEntries;
            int endRow = (end - 1) / rowEntries;
            events.spmatRowReads[pe] += endRow - firstRow + (firstRow == lastRow[pe] ? 0 : 1);
            lastRow[pe] = endRow;
        }
    }
}
