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
    /** Minus infinity, far enough from the end of the range to be added to. */
    private static final long NEVER = Long.MIN_VALUE / 4;

    private final EntryCounts counts;
    private final int queueSlots;
    private final int broadcastWidth;
    private final Lanes lanes;
    private final PopLanes pops;
    private final int maxSpanCycles;
    private final int maxTimeCycles;
    private final int stride;
    private final BroadcastBlock block;

    /**
     * Per broadcast, the cycles from the one before to it if no queue is full; 0 if they may go out in the same cycle.
     */
    private final int[] gap;

    /** Per slot of the ring: when its column was popped last, and the base its pops are counted from. */
    private final long[] slotPop;

    private final long[] slotBase;
    /** Whether the queues can be full at all. */
    private final boolean bounded;
    /** The times of the last W broadcasts, the oldest at {@code nextRecent}. */
    private final long[] recent;

    private final int[] ready;
    private final long[] busy;
    private final long[] queueFull;

    private long base;
    private long broadcast;
    private int nextSlot;
    private int nextRecent;
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
        bounded = queueSlots - 1 < counts.maxBroadcasts();
        int ringSlots = bounded ? queueSlots - 1 : Math.min(MAX_BLOCK_COLUMNS, counts.maxBroadcasts() + 1);
        pops = lanes.pops(counts.entries(), ringSlots, backlogCycles());
        maxSpanCycles = pops.maxSpanCycles();
        stride = counts.entries().stride();
        maxTimeCycles = pops.maxTimeCycles();
        block = new BroadcastBlock(Math.min(ringSlots, MAX_BLOCK_COLUMNS), counts.maxBroadcasts());
        gap = new int[counts.maxBroadcasts()];
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
        start(live);
        long firstPop = 0;
        for (int from = 0; from < length; from += block.length) {
            schedule(from, length);
            pops.run(block);
            if (bounded) {
                remember();
            }
            if (from == 0) {
                firstPop = base + block.earliestPop[0];
            }
        }
        report(firstPop, events);
    }

    private void start(LiveColumns live) {
        pops.start();
        base = 0;
        broadcast = 0;
        stallCycles = 0;
        nextSlot = 0;
        nextRecent = 0;
        Arrays.fill(slotPop, NEVER);
        Arrays.fill(slotBase, NEVER);
        Arrays.fill(recent, NEVER);
        int[] columns = live.columns();
        int[] inputRow = counts.inputRow();
        int walkedTo = 0;
        for (int j = 0; j < live.length(); j++) {
            int row = inputRow[columns[j]];
            gap[j] = 1 + row - walkedTo;
            block.offsets[j] = columns[j] * stride;
            walkedTo = inputRow[columns[j] + 1];
        }
        if (broadcastWidth > 1) {
            for (int j = 1; j < live.length(); j++) {
                gap[j] = inputRow[columns[j]] == inputRow[columns[j - 1]] ? 0 : gap[j];
            }
        }
    }

    /** Fills the block with broadcasts {@code from} and following, as many as are known. */
    private void schedule(int from, int length) {
        int firstSlot = nextSlot;
        // Not past the end of the ring, so that a block's slots are consecutive.
        int limit = Math.min(Math.min(block.capacity(), slotPop.length - firstSlot), length - from);
        int[] earliestPop = block.earliestPop;
        int[] punctualPop = block.punctualPop;
        // All times from the base of the previous block, so that they fit 32 bits.
        int time = (int) (broadcast - base);
        int blockBase = 0;
        int stalls = 0;
        int scheduled = 0;
        while (scheduled < limit) {
            int wait = gap[from + scheduled];
            int eligible = wait == 0 ? Math.max(time, sameCycleLimit()) : time + wait;
            int slot = firstSlot + scheduled;
            int next = Math.max(eligible, (int) Math.max(slotPop[slot] - base, -1) + 1);
            if (scheduled == 0) {
                blockBase = next;
            } else if (next - blockBase > maxSpanCycles) {
                break;
            }
            earliestPop[scheduled] = next - blockBase + 1;
            punctualPop[scheduled] = (int) Math.min(eligible - 1 + (base - slotBase[slot]), maxTimeCycles);
            if (broadcastWidth > 1) {
                recent[nextRecent] = base + next;
                nextRecent = nextRecent + 1 == broadcastWidth ? 0 : nextRecent + 1;
            }
            stalls += next - eligible;
            time = next;
            scheduled++;
        }
        block.length = scheduled;
        block.from = from;
        block.firstSlot = firstSlot;
        block.baseShift = blockBase;
        block.stallCycles = stalls;
        broadcast = base + time;
        base += blockBase;
        stallCycles += stalls;
    }

    /** Returns the first cycle with fewer than W broadcasts before this one, from the base of the previous block. */
    private int sameCycleLimit() {
        return (int) Math.max(recent[nextRecent] + 1 - base, -1);
    }

    /** Keeps when the block's columns were popped last, for the broadcasts that will need their slots. */
    private void remember() {
        int firstSlot = block.firstSlot;
        for (int i = 0; i < block.length; i++) {
            slotPop[firstSlot + i] = base + block.latestPop[i];
            slotBase[firstSlot + i] = base;
        }
        nextSlot = firstSlot + block.length == slotPop.length ? 0 : firstSlot + block.length;
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
