package org.eiesim.simulator.exact;

import java.util.Arrays;
import org.eiesim.simulator.exact.lanes.BroadcastBlock;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.exact.lanes.PopLanes;
import org.eiesim.simulator.machine.EventRecord;

/**
 * The events of a product that are counted in cycles: cycles, full stalls, and per PE starved, queue-full, fill and
 * drain cycles. With Q queue slots, W inputs broadcast a cycle, n entries of broadcast j in PE k, m = max(1, n), and
 * terms with a negative index minus infinity ({@code B[-1] = 0}):
 *
 * <pre>
 *   E[j]    = B[j-1] + gap[j]                  if input j stands in another row of inputs than the one before it
 *   E[j]    = max(B[j-1], B[j-W] + 1)          if it stands in the same
 *   B[j]    = max(E[j], 1 + max over k of P[k][j-(Q-1)])
 *   P[k][j] = max(P[k][j-1] + m[k][j-1], B[j] + 1)
 *   cycles  = max over k of (P[k][L-1] + m[k][L-1]) + 6
 * </pre>
 *
 * {@code gap[j]} is 1 plus the rows of inputs walked through whose last position is not live; a row costs no cycle of its
 * own if its last position is live, so {@code gap[j] = 1 + row(i[j]) - row(i[j-1] + 1)}.
 *
 * <p>B[j] needs no pop younger than j-(Q-1), so the next Q-1 broadcasts are known before one of them is popped. They are
 * handed to the lanes as a block, in which each PE keeps its state in registers.
 *
 * <p>Depends on the queue and the broadcast width, not on the row width. Of one thread.
 */
public final class ColumnTiming {
    private static final int MAX_BLOCK_COLUMNS = 256;
    private static final int PIPELINE_CYCLES = 6;

    private final EntryCounts counts;
    private final int queueSlots;
    private final int broadcastWidth;
    private final Lanes lanes;
    private final PopLanes pops;
    private final BroadcastBlock block;

    /** Per slot: the time its last column was popped by the last PE, and the base its pops are counted from. */
    private final long[] slotPop;

    private final long[] slotBase;
    /** The times of the last W broadcasts, that of broadcast j at j mod W. */
    private final long[] recent;

    private final int[] ready;
    private final long[] busy;
    private final long[] queueFull;

    private long base;
    private long broadcast;
    private long stallCycles;

    /**
     * Prepares the machine's queues.
     *
     * @param counts the product
     * @param queueSlots slots of a queue's ring, Q &ge; 2
     * @param broadcastWidth inputs broadcast a cycle, W &ge; 1
     * @param lanes how to step the PEs
     * @throws IllegalArgumentException if a PE's queue may hold more than 2^30 cycles of work
     */
    public ColumnTiming(EntryCounts counts, int queueSlots, int broadcastWidth, Lanes lanes) {
        if (queueSlots < 2 || broadcastWidth < 1) {
            throw new IllegalArgumentException(
                    queueSlots + " queue slots (at least 2), " + broadcastWidth + " broadcasts a cycle (at least 1)");
        }
        this.counts = counts;
        this.queueSlots = queueSlots;
        this.broadcastWidth = broadcastWidth;
        this.lanes = lanes;
        // A queue that takes all columns of the product never holds one up, and nobody asks when they were popped.
        int ringSlots = queueSlots - 1 < counts.maxBroadcasts() ? queueSlots - 1 : 1;
        int blockColumns = queueSlots - 1 < counts.maxBroadcasts() ? queueSlots - 1 : MAX_BLOCK_COLUMNS;
        pops = lanes.pops(counts.entries(), ringSlots, backlogCycles());
        block = new BroadcastBlock(Math.min(blockColumns, MAX_BLOCK_COLUMNS));
        slotPop = new long[ringSlots];
        slotBase = new long[ringSlots];
        recent = new long[broadcastWidth];
        ready = new int[counts.numPes()];
        busy = new long[counts.numPes()];
        queueFull = new long[counts.numPes()];
    }

    /**
     * Returns how long a PE may at most be busy after the latest broadcast. When j goes out, the pop of j-(Q-1) is past;
     * left are that column and the Q-1 after it, each with as many cycles as it has entries.
     */
    private long backlogCycles() {
        long longest = Math.max(1, counts.entries().max());
        return longest * Math.min(queueSlots, counts.maxBroadcasts()) + 2;
    }

    /**
     * Makes the same for another thread.
     *
     * @return shares what does not change
     */
    public ColumnTiming fork() {
        return new ColumnTiming(counts, queueSlots, broadcastWidth, lanes);
    }

    /**
     * Times one product. Without a live input it takes no cycle.
     *
     * @param live what it broadcasts
     * @param events the counts named above are added to it
     */
    public void count(LiveColumns live, EventRecord events) {
        int length = live.length();
        if (length == 0) {
            return;
        }
        start();
        long firstPop = 0;
        for (int from = 0; from < length; from += block.length) {
            schedule(live.columns(), from, length);
            pops.run(block);
            for (int i = 0; i < block.length; i++) {
                slotPop[block.slot[i]] = base + block.latestPop[i];
            }
            if (from == 0) {
                firstPop = base + block.earliestPop[0];
            }
        }
        report(firstPop, events);
    }

    private void start() {
        pops.start();
        base = 0;
        broadcast = 0;
        stallCycles = 0;
    }

    /** Fills the block with broadcasts {@code from} and following, as many as are known. */
    private void schedule(int[] columns, int from, int length) {
        int limit = Math.min(block.capacity(), length - from);
        long blockBase = base;
        long stallsBefore = stallCycles;
        int scheduled = 0;
        while (scheduled < limit) {
            int j = from + scheduled;
            int slot = j % slotPop.length;
            boolean waits = j >= queueSlots - 1;
            long eligible = eligible(columns, j);
            long time = waits ? Math.max(eligible, slotPop[slot] + 1) : eligible;
            if (scheduled == 0) {
                blockBase = time;
            } else if (time - blockBase > pops.maxSpanCycles()) {
                break;
            }
            block.offset[scheduled] = columns[j] * counts.entries().stride();
            block.slot[scheduled] = slot;
            block.earliestPop[scheduled] = (int) (time - blockBase) + 1;
            block.punctualPop[scheduled] =
                    waits ? (int) Math.min(eligible - 1 - slotBase[slot], Integer.MAX_VALUE) : Integer.MAX_VALUE;
            slotBase[slot] = blockBase;
            recent[j % broadcastWidth] = time;
            stallCycles += time - eligible;
            broadcast = time;
            scheduled++;
        }
        block.length = scheduled;
        block.baseShift = blockBase - base;
        block.stallCycles = stallCycles - stallsBefore;
        base = blockBase;
    }

    /** Returns the cycle in which input j is broadcast if no queue is full. */
    private long eligible(int[] columns, int j) {
        int row = counts.inputRow(columns[j]);
        if (j == 0) {
            return 1L + row;
        }
        int previous = columns[j - 1];
        if (broadcastWidth > 1 && row == counts.inputRow(previous)) {
            return j < broadcastWidth ? broadcast : Math.max(broadcast, recent[j % broadcastWidth] + 1);
        }
        return broadcast + 1 + row - counts.inputRow(previous + 1);
    }

    private void report(long firstPop, EventRecord events) {
        pops.finish(ready, busy, queueFull);
        long cycles = base + Arrays.stream(ready).max().orElseThrow() + PIPELINE_CYCLES;
        events.cycles += cycles;
        events.fullStallCycles += stallCycles;
        for (int pe = 0; pe < ready.length; pe++) {
            long end = base + ready[pe];
            events.fillCycles[pe] += firstPop;
            // Between its first pop and its end a PE works or starves.
            events.starvedCycles[pe] += end - firstPop - busy[pe];
            events.drainCycles[pe] += cycles - end;
            events.queueFullCycles[pe] += queueFull[pe];
        }
    }
}
