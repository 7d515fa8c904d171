package org.eiesim.simulator.clocked;

/**
 * The destination register files of all PEs: the fourth pipeline stage writes, the second one reads. A value written is
 * read in the same cycle (write first), so that the ArithmeticUnit needs one bypass only.
 *
 * <p>Source: EIE IV "Activation Read/Write".
 */
final class ActivationReadWrite {
    /** The port the ArithmeticUnit's second stage sees. */
    interface ReadPort {
        int read(int pe, int address);
    }

    private final int numPes;
    private final Latch.Output<Slots.Sum> in;
    /** Address a of PE k at {@code a * numPes + k}: the matrix's row order. */
    private final int[] registers;

    ActivationReadWrite(int numPes, int numRows, Latch.Output<Slots.Sum> in) {
        this.numPes = numPes;
        this.in = in;
        registers = new int[numRows];
    }

    /** Returns the registers in row order, for the transfers before and after a product. */
    int[] registers() {
        return registers;
    }

    ReadPort readPort() {
        return (pe, address) -> registers[address * numPes + pe];
    }

    void evaluate() {
        Slots.Sum sum = in.slots();
        for (int pe = 0; pe < numPes; pe++) {
            if (sum.kinds()[pe] == Slot.ENTRY) {
                registers[sum.addresses()[pe] * numPes + pe] = sum.sums()[pe];
            }
        }
    }
}
