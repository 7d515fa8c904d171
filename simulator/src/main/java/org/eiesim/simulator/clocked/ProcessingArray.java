package org.eiesim.simulator.clocked;

import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Datapath;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.ProductImage;
import org.jspecify.annotations.Nullable;

/**
 * The machine loaded with one product's weights: what is joined to what, and the clock.
 *
 * <pre>
 *   LeadingNonZeroDetector -&gt; CentralControlUnit      t         finds and broadcasts a live input
 *   ActivationQueue (register)
 *   PointerRead                                       t+1       pops it, addresses the pointers
 *                                                     t+2       has the pointers, sends the first position
 *   SpmatRead                                         t+3       reads the row, picks the entry
 *   ArithmeticUnit                                    t+4..t+6  looks up, multiplies, adds
 *   ActivationReadWrite                               t+7       writes the accumulator
 * </pre>
 *
 * Between two lines with different times lies a {@link Latch} (or a register inside the component). The times are those
 * of the first entry, for an input broadcast in cycle t to an idle PE.
 */
final class ProcessingArray implements ArrayState {
    private final int numPes;
    private final ActivationQueue queues;
    private final CentralControlUnit controlUnit;
    private final PointerRead pointerRead;
    private final SpmatRead spmatRead;
    private final ArithmeticUnit arithmeticUnit;
    private final ActivationReadWrite activationReadWrite;
    private final Latch<Slots.Position> positionLatch;
    private final Latch<Slots.Entry> entryLatch;
    private final Latch<Slots.Sum> sumLatch;
    private final LeadingNonZeroDetector detector;
    /** Codes per PE, for observers. */
    private final byte[][] codes;

    private EventRecord events;

    ProcessingArray(ProductImage image, MachineConfig config, Datapath datapath) {
        InterleavedCsc matrix = image.matrix();
        numPes = matrix.numPes();
        codes = matrix.codes();
        positionLatch = new Latch<>(new Slots.Position(numPes), new Slots.Position(numPes));
        entryLatch = new Latch<>(new Slots.Entry(numPes), new Slots.Entry(numPes));
        sumLatch = new Latch<>(new Slots.Sum(numPes), new Slots.Sum(numPes));
        queues = new ActivationQueue(numPes, config.queueSlots());
        detector = new LeadingNonZeroDetector(numPes, config.liveInputs(), image.numInputs() + 1);
        controlUnit = new CentralControlUnit(numPes, config.broadcastWidth(), detector, queues.pushEnd());
        pointerRead = new PointerRead(matrix.columnStarts(), queues.popEnd(), positionLatch.input());
        spmatRead = new SpmatRead(
                matrix.codes(),
                matrix.relativeIndices(),
                config.spmatRowEntries(),
                positionLatch.output(),
                entryLatch.input());
        activationReadWrite = new ActivationReadWrite(numPes, matrix.numRows(), sumLatch.output());
        arithmeticUnit =
                new ArithmeticUnit(numPes, datapath, activationReadWrite.readPort(), entryLatch.output(), sumLatch);
        events = new EventRecord(numPes);
    }

    LeadingNonZeroDetector detector() {
        return detector;
    }

    int[] registers() {
        return activationReadWrite.registers();
    }

    /**
     * Runs the inputs loaded in the detector until every column broadcast has left every PE's pipeline. With no live
     * input there is nothing to start: 0 cycles.
     */
    void run(EventRecord record, @Nullable CycleObserver observer) {
        events = record;
        events.products++;
        int numLive = detector.numLive();
        if (numLive == 0) {
            return;
        }
        queues.reset();
        controlUnit.reset();
        pointerRead.reset(numLive);
        spmatRead.reset();
        arithmeticUnit.reset();
        long cycle = 0;
        boolean active = true;
        while (active) {
            active = evaluate();
            if (observer != null) {
                observer.observe(cycle, this);
            }
            advance();
            cycle++;
        }
        events.cycles += cycle;
    }

    /** Lets every component see this cycle's register outputs; returns whether a later cycle has something to do. */
    private boolean evaluate() {
        controlUnit.evaluate(events);
        boolean active = pointerRead.evaluate(events);
        active |= spmatRead.evaluate(events);
        activationReadWrite.evaluate();
        active |= arithmeticUnit.evaluate(events);
        return active;
    }

    private void advance() {
        queues.advance();
        positionLatch.advance();
        entryLatch.advance();
        arithmeticUnit.advance();
        sumLatch.advance();
    }

    @Override
    public int numPes() {
        return numPes;
    }

    @Override
    public int queueDepth(int pe) {
        return queues.depth(pe);
    }

    @Override
    public long queueFullCycles(int pe) {
        return events.queueFullCycles[pe];
    }

    @Override
    public PeState peState(int pe) {
        int position = pointerRead.nextPosition(pe);
        if (position == PointerRead.NO_COLUMN) {
            return pointerRead.waitState(pe);
        }
        if (position == PointerRead.NO_ENTRY) {
            return PeState.EMPTY_COLUMN;
        }
        return codes[pe][position] == 0 ? PeState.PADDING : PeState.ACCUMULATING;
    }

    @Override
    public int sumAddress(int pe) {
        return arithmeticUnit.sumAddress(pe);
    }

    @Override
    public boolean isBypassed(int pe) {
        return arithmeticUnit.isBypassed(pe);
    }

    @Override
    public int spmatRow(int pe) {
        return spmatRead.row(pe);
    }

    @Override
    public long spmatRowReads(int pe) {
        return events.spmatRowReads[pe];
    }

    @Override
    public long broadcasts() {
        return events.broadcasts;
    }

    @Override
    public int broadcastColumn() {
        return controlUnit.column();
    }

    @Override
    public boolean isStalled() {
        return controlUnit.isStalled();
    }
}
