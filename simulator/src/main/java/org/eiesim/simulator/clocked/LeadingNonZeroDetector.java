package org.eiesim.simulator.clocked;

import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.element.Numbers;
import org.eiesim.simulator.machine.ProductCheck;

/**
 * Finds the next live input of a row of inputs (one row = one input of each PE). The hardware is a quadtree over the
 * PEs that answers within the cycle; here the live inputs are listed once when a product's inputs are loaded.
 *
 * <p>Source: EIE IV "Distributed Leading Non-Zero Detection".
 */
final class LeadingNonZeroDetector {
    private final int numPes;
    private final LiveInputs liveInputs;
    private final int[] columns;
    private final int[] values;
    private int numLive;
    private int next;

    LeadingNonZeroDetector(int numPes, LiveInputs liveInputs, int maxLive) {
        this.numPes = numPes;
        this.liveInputs = liveInputs;
        columns = new int[maxLive];
        values = new int[maxLive];
    }

    void clear() {
        numLive = 0;
        next = 0;
    }

    void load(Numbers inputs, int offset, int numInputs) {
        for (int i = 0; i < numInputs; i++) {
            if (ProductCheck.isLive(inputs, offset + i, liveInputs)) {
                loadLive(i, inputs.bits(offset + i));
            }
        }
    }

    /** Adds an input that is live whatever its value. */
    void loadLive(int column, int value) {
        columns[numLive] = column;
        values[numLive] = value;
        numLive++;
    }

    int numLive() {
        return numLive;
    }

    /** Returns whether a row has a live input that has not been taken. */
    boolean finds(int row) {
        return next < numLive && columns[next] / numPes == row;
    }

    /** Returns the column of the input found. */
    int column() {
        return columns[next];
    }

    /** Returns the value of the input found. */
    int value() {
        return values[next];
    }

    /** Returns whether the input found stands at the last position of its row. */
    boolean isLastOfRow() {
        return columns[next] % numPes == numPes - 1;
    }

    void take() {
        next++;
    }
}
