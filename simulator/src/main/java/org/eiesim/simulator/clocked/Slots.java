package org.eiesim.simulator.clocked;

/**
 * The payloads of the latches, one array element per PE. Activations, weights, products and sums are the raw bits of
 * the datapath's numbers.
 */
final class Slots {
    private Slots() {}

    /**
     * PointerRead to SpmatRead.
     *
     * @param kinds {@link Slot}
     * @param positions place of the entry in the PE's stream
     * @param columnStarts whether the entry is the first of its column
     * @param activations the column's input
     */
    record Position(byte[] kinds, int[] positions, boolean[] columnStarts, int[] activations) {
        Position(int numPes) {
            this(new byte[numPes], new int[numPes], new boolean[numPes], new int[numPes]);
        }
    }

    /**
     * SpmatRead to ArithmeticUnit.
     *
     * @param kinds {@link Slot}
     * @param codes codebook index
     * @param relativeIndices zeros before the entry
     * @param columnStarts whether the entry is the first of its column
     * @param activations the column's input
     */
    record Entry(byte[] kinds, int[] codes, int[] relativeIndices, boolean[] columnStarts, int[] activations) {
        Entry(int numPes) {
            this(new byte[numPes], new int[numPes], new int[numPes], new boolean[numPes], new int[numPes]);
        }
    }

    /**
     * First to second stage of the ArithmeticUnit.
     *
     * @param kinds {@link Slot}
     * @param addresses local row of the accumulator
     * @param weights shared weight
     * @param activations the column's input
     */
    record Operands(byte[] kinds, int[] addresses, int[] weights, int[] activations) {
        Operands(int numPes) {
            this(new byte[numPes], new int[numPes], new int[numPes], new int[numPes]);
        }
    }

    /**
     * Second to third stage of the ArithmeticUnit.
     *
     * @param kinds {@link Slot}
     * @param addresses local row of the accumulator
     * @param products weight times activation
     * @param accumulators the accumulator as read
     */
    record Product(byte[] kinds, int[] addresses, int[] products, int[] accumulators) {
        Product(int numPes) {
            this(new byte[numPes], new int[numPes], new int[numPes], new int[numPes]);
        }
    }

    /**
     * Third stage of the ArithmeticUnit to ActivationReadWrite.
     *
     * @param kinds {@link Slot}
     * @param addresses local row of the accumulator
     * @param sums its new value
     */
    record Sum(byte[] kinds, int[] addresses, int[] sums) {
        Sum(int numPes) {
            this(new byte[numPes], new int[numPes], new int[numPes]);
        }
    }
}
