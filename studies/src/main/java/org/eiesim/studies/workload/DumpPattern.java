package org.eiesim.studies.workload;

import java.util.Arrays;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.exact.SparsePattern;

/** A dump by its non-zeros, so that it can be laid out for any number of PEs. */
final class DumpPattern {
    private DumpPattern() {}

    /** Finds the non-zero weights, one column per input. */
    static SparsePattern weights(Dump dump) {
        return columns(dump.matrix(), 0, dump.numInputs());
    }

    /** Finds the non-zero biases, one column. */
    static SparsePattern bias(Dump dump) {
        return columns(dump.matrix(), dump.biasColumn(), 1);
    }

    /** Finds the inputs above 0: dumps always run so. */
    static int[] liveInputs(Dump dump) {
        float[] inputs = dump.activations();
        int[] live = new int[inputs.length];
        int length = 0;
        for (int i = 0; i < inputs.length; i++) {
            if (LiveInputs.POSITIVE.isLive(inputs[i])) {
                live[length++] = i;
            }
        }
        return Arrays.copyOf(live, length);
    }

    private static SparsePattern columns(InterleavedCsc matrix, int from, int numColumns) {
        int[] starts = new int[numColumns + 1];
        int[] rows = new int[Math.toIntExact(matrix.numEntries())];
        int length = 0;
        for (int column = 0; column < numColumns; column++) {
            for (int pe = 0; pe < matrix.numPes(); pe++) {
                length = appendRows(matrix, pe, from + column, rows, length);
            }
            Arrays.sort(rows, starts[column], length);
            starts[column + 1] = length;
        }
        return new SparsePattern(matrix.numRows(), starts, Arrays.copyOf(rows, length));
    }

    private static int appendRows(InterleavedCsc matrix, int pe, int column, int[] rows, int length) {
        int next = length;
        int localRow = -1;
        int end = matrix.columnStarts()[pe][column + 1];
        for (int entry = matrix.columnStarts()[pe][column]; entry < end; entry++) {
            localRow += (matrix.relativeIndices()[pe][entry] & 0xFFFF) + 1;
            if (matrix.codes()[pe][entry] != 0) {
                rows[next++] = localRow * matrix.numPes() + pe;
            }
        }
        return next;
    }
}
