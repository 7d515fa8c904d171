package org.eiesim.simulator.layers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.ProductImage;

/**
 * The timing of one product as closed formulas, written down as directly as they read: no clock, no components. L live
 * inputs; for PE k and broadcast j, n entries (padding included) and m = max(1, n); B[j] the cycle of the broadcast,
 * P[k][j] that of the pop; a term with a negative index is minus infinity, B[-1] = 0.
 *
 * <pre>
 *   E[j]    = B[j-1] + gap[j]                             when the input stands in another row than the one before it
 *   E[j]    = max(B[j-1], B[j-W] + 1)                     when it stands in the same; with W = 1 this is B[j-1] + 1
 *   B[j]    = max(E[j], 1 + max over k of P[k][j-(Q-1)])
 *   P[k][j] = max(P[k][j-1] + m[k][j-1], B[j] + 1)
 *   cycles  = max over k of (P[k][L-1] + m[k][L-1]) + 6
 * </pre>
 */
public final class Recurrences {
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final ProductImage image;
    private final MachineConfig config;
    private final List<Integer> columns = new ArrayList<>();
    private final Set<Integer> live;
    private final EventRecord events;
    private final long[] broadcast;
    private final long[][] pop;

    private Recurrences(ProductImage image, MachineConfig config, float[] inputs) {
        this.image = image;
        this.config = config;
        for (int i = 0; i < image.numInputs(); i++) {
            if (config.liveInputs().isLive(inputs[i])) {
                columns.add(i);
            }
        }
        if (image.biasColumn()) {
            columns.add(image.matrix().numColumns() - 1);
        }
        live = new HashSet<>(columns);
        events = new EventRecord(image.matrix().numPes());
        broadcast = new long[columns.size()];
        pop = new long[image.matrix().numPes()][columns.size()];
    }

    /** Returns the record of one product; saturations are not part of the formulas. */
    public static EventRecord of(ProductImage image, MachineConfig config, float[] inputs) {
        Recurrences recurrences = new Recurrences(image, config, inputs);
        recurrences.solve();
        return recurrences.events;
    }

    private void solve() {
        int numLive = columns.size();
        events.products = 1;
        events.broadcasts = numLive;
        for (int pe = 0; pe < pop.length; pe++) {
            countEntries(pe);
        }
        if (numLive == 0) {
            return;
        }
        for (int j = 0; j < numLive; j++) {
            solveBroadcast(j);
        }
        for (int pe = 0; pe < pop.length; pe++) {
            events.cycles = Math.max(events.cycles, end(pe, numLive - 1) + 6);
        }
        for (int pe = 0; pe < pop.length; pe++) {
            events.fillCycles[pe] = pop[pe][0];
            events.drainCycles[pe] = events.cycles - end(pe, numLive - 1);
            for (int j = 1; j < numLive; j++) {
                events.starvedCycles[pe] += Math.max(0, broadcast[j] + 1 - end(pe, j - 1));
            }
        }
    }

    private void solveBroadcast(int j) {
        long eligible = eligible(j);
        int freed = j - (config.queueSlots() - 1);
        broadcast[j] = eligible;
        for (int pe = 0; pe < pop.length; pe++) {
            long free = freed < 0 ? NEVER : pop[pe][freed] + 1;
            broadcast[j] = Math.max(broadcast[j], free);
            events.queueFullCycles[pe] += Math.max(0, free - eligible);
        }
        events.fullStallCycles += broadcast[j] - eligible;
        for (int pe = 0; pe < pop.length; pe++) {
            pop[pe][j] = Math.max(j == 0 ? NEVER : end(pe, j - 1), broadcast[j] + 1);
        }
    }

    private long eligible(int j) {
        int numPes = pop.length;
        int row = columns.get(j) / numPes;
        int previousRow = j == 0 ? 0 : columns.get(j - 1) / numPes;
        long previous = j == 0 ? 0 : broadcast[j - 1];
        if (j > 0 && row == previousRow) {
            int width = config.broadcastWidth();
            return Math.max(previous, j < width ? NEVER : broadcast[j - width] + 1);
        }
        long gap = 1;
        for (int passed = previousRow; passed < row; passed++) {
            gap += live.contains(passed * numPes + numPes - 1) ? 0 : 1;
        }
        return previous + gap;
    }

    private long end(int pe, int j) {
        int[] starts = image.matrix().columnStarts()[pe];
        int entries = starts[columns.get(j) + 1] - starts[columns.get(j)];
        return pop[pe][j] + Math.max(1, entries);
    }

    private void countEntries(int pe) {
        InterleavedCsc matrix = image.matrix();
        int rowEntries = config.spmatRowEntries();
        int rowRead = -1;
        for (int column : columns) {
            int start = matrix.columnStarts()[pe][column];
            int end = matrix.columnStarts()[pe][column + 1];
            if (start == end) {
                events.emptyColumns[pe]++;
                continue;
            }
            events.spmatRowReads[pe] += (end - 1) / rowEntries - start / rowEntries + 1;
            events.spmatRowReads[pe] -= start / rowEntries == rowRead ? 1 : 0;
            rowRead = (end - 1) / rowEntries;
            for (int entry = start; entry < end; entry++) {
                if (matrix.codes()[pe][entry] == 0) {
                    events.paddingEntries[pe]++;
                } else {
                    events.accumulates[pe]++;
                }
            }
        }
    }
}
