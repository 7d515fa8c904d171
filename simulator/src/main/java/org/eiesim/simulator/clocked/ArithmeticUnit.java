package org.eiesim.simulator.clocked;

import java.util.Arrays;
import org.eiesim.simulator.element.Datapath;
import org.eiesim.simulator.machine.EventRecord;

/**
 * Three of the four pipeline stages that update one accumulator: (1) look the code up in the codebook and advance the
 * address by the relative index; (2) read the accumulator and multiply weight by activation; (3) shift and add. Where the
 * entry ahead updates the same accumulator, its sum is taken from the adder's output instead of the value read (bypass).
 *
 * <p>Source: EIE IV "Arithmetic Unit" and VI.
 */
final class ArithmeticUnit {
    private final Datapath datapath;
    private final int numPes;
    private final ActivationReadWrite.ReadPort accumulators;
    private final Latch.Output<Slots.Entry> in;
    private final Latch<Slots.Operands> operandLatch;
    private final Latch<Slots.Product> productLatch;
    private final Latch.Input<Slots.Sum> out;
    /** The adder's output register, for the bypass. */
    private final Latch.Output<Slots.Sum> adderOutput;

    private final int[] addresses;

    ArithmeticUnit(
            int numPes,
            Datapath datapath,
            ActivationReadWrite.ReadPort accumulators,
            Latch.Output<Slots.Entry> in,
            Latch<Slots.Sum> out) {
        this.numPes = numPes;
        this.datapath = datapath;
        this.accumulators = accumulators;
        this.in = in;
        this.out = out.input();
        adderOutput = out.output();
        operandLatch = new Latch<>(new Slots.Operands(numPes), new Slots.Operands(numPes));
        productLatch = new Latch<>(new Slots.Product(numPes), new Slots.Product(numPes));
        addresses = new int[numPes];
    }

    void reset() {
        Arrays.fill(addresses, -1);
    }

    /** Returns whether any stage sent something on. */
    boolean evaluate(EventRecord events) {
        boolean active = lookUp(events);
        active |= multiply();
        active |= add();
        return active;
    }

    private boolean lookUp(EventRecord events) {
        Slots.Entry entry = in.slots();
        Slots.Operands operands = operandLatch.input().slots();
        boolean active = false;
        for (int pe = 0; pe < numPes; pe++) {
            byte kind = entry.kinds()[pe];
            operands.kinds()[pe] = kind;
            if (kind == Slot.NONE) {
                continue;
            }
            active = true;
            if (kind == Slot.BUBBLE) {
                events.emptyColumns[pe]++;
                continue;
            }
            int before = entry.columnStarts()[pe] ? -1 : addresses[pe];
            int address = before + entry.relativeIndices()[pe] + 1;
            addresses[pe] = address;
            if (kind == Slot.PADDING) {
                events.paddingEntries[pe]++;
                continue;
            }
            events.accumulates[pe]++;
            operands.addresses()[pe] = address;
            operands.weights()[pe] = datapath.weight(entry.codes()[pe]);
            operands.activations()[pe] = entry.activations()[pe];
        }
        return active;
    }

    private boolean multiply() {
        Slots.Operands operands = operandLatch.output().slots();
        Slots.Product product = productLatch.input().slots();
        boolean active = false;
        for (int pe = 0; pe < numPes; pe++) {
            byte kind = operands.kinds()[pe];
            product.kinds()[pe] = kind;
            active |= kind != Slot.NONE;
            if (kind == Slot.ENTRY) {
                int address = operands.addresses()[pe];
                product.addresses()[pe] = address;
                product.accumulators()[pe] = accumulators.read(pe, address);
                product.products()[pe] = datapath.multiply(operands.weights()[pe], operands.activations()[pe]);
            }
        }
        return active;
    }

    private boolean add() {
        Slots.Product product = productLatch.output().slots();
        Slots.Sum ahead = adderOutput.slots();
        Slots.Sum sum = out.slots();
        boolean active = false;
        for (int pe = 0; pe < numPes; pe++) {
            byte kind = product.kinds()[pe];
            sum.kinds()[pe] = kind;
            active |= kind != Slot.NONE;
            if (kind == Slot.ENTRY) {
                int address = product.addresses()[pe];
                int accumulator = updates(ahead, pe, address) ? ahead.sums()[pe] : product.accumulators()[pe];
                sum.addresses()[pe] = address;
                sum.sums()[pe] = datapath.add(accumulator, product.products()[pe]);
            }
        }
        return active;
    }

    private static boolean updates(Slots.Sum ahead, int pe, int address) {
        return ahead.kinds()[pe] == Slot.ENTRY && ahead.addresses()[pe] == address;
    }

    /** Returns the address of the sum PE's adder puts out in this cycle, or -1. */
    int sumAddress(int pe) {
        Slots.Product product = productLatch.output().slots();
        return product.kinds()[pe] == Slot.ENTRY ? product.addresses()[pe] : -1;
    }

    /** Returns whether that sum takes the last one by the bypass. */
    boolean isBypassed(int pe) {
        int address = sumAddress(pe);
        return address >= 0 && updates(adderOutput.slots(), pe, address);
    }

    void advance() {
        operandLatch.advance();
        productLatch.advance();
    }
}
