package org.eiesim.simulator.clocked;

import org.eiesim.simulator.machine.EventRecord;

/**
 * Walks the rows of inputs and broadcasts the live ones in order. The first cycle latches row 0. A row ends in the cycle
 * that broadcasts its last position, else in a further cycle that finds no live input left in it. A broadcast waits
 * until every queue has room. Up to {@code broadcastWidth} inputs of one row go out in one cycle.
 *
 * <p>Source: EIE IV "Central Control Unit"; row timing as in the authors' simulator.
 */
final class CentralControlUnit {
    private final int numPes;
    private final int broadcastWidth;
    private final LeadingNonZeroDetector detector;
    private final ActivationQueue.PushEnd queues;
    private int row;
    private boolean stalled;
    private int column;

    CentralControlUnit(
            int numPes, int broadcastWidth, LeadingNonZeroDetector detector, ActivationQueue.PushEnd queues) {
        this.numPes = numPes;
        this.broadcastWidth = broadcastWidth;
        this.detector = detector;
        this.queues = queues;
    }

    void reset() {
        row = -1;
        column = -1;
    }

    void evaluate(EventRecord events) {
        stalled = false;
        if (row < 0 || !detector.finds(row)) {
            row++;
            return;
        }
        for (int sent = 0; sent < broadcastWidth && detector.finds(row); sent++) {
            if (countFullQueues(events)) {
                stalled = true;
                events.fullStallCycles++;
                return;
            }
            column = detector.column();
            queues.push(column, detector.value());
            events.broadcasts++;
            boolean rowEnds = detector.isLastOfRow();
            detector.take();
            if (rowEnds) {
                row++;
                return;
            }
        }
    }

    private boolean countFullQueues(EventRecord events) {
        boolean anyFull = false;
        for (int pe = 0; pe < numPes; pe++) {
            if (queues.isFull(pe)) {
                anyFull = true;
                events.queueFullCycles[pe]++;
            }
        }
        return anyFull;
    }

    /** Returns whether a full queue held up a broadcast in this cycle. */
    boolean isStalled() {
        return stalled;
    }

    /** Returns the column broadcast last, or -1. */
    int column() {
        return column;
    }
}
