package org.eiesim.simulator.exact;

import org.eiesim.kernels.check.Ranges;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.machine.ProductCheck;

/**
 * The columns one product broadcasts, in order: the live inputs, then the bias column if there is one. A buffer, filled
 * anew for every product; of one thread.
 */
public final class LiveColumns {
    private static final int INFINITY_BITS = 0x7F80_0000;
    private static final int MAGNITUDE_BITS = 0x7FFF_FFFF;

    private final int numInputs;
    private final int biasColumn;
    private final int[] columns;
    private int length;

    /**
     * Makes an empty list.
     *
     * @param counts the product it is to be used with
     */
    public LiveColumns(EntryCounts counts) {
        this(counts.numInputs(), counts.biasColumn() ? counts.numColumns() - 1 : -1);
    }

    private LiveColumns(int numInputs, int biasColumn) {
        this.numInputs = numInputs;
        this.biasColumn = biasColumn;
        // One place past the last, so that a candidate can be written before it is known to be live.
        columns = new int[numInputs + 1];
    }

    /** Makes an empty list for the same product. */
    LiveColumns fork() {
        return new LiveColumns(numInputs, biasColumn);
    }

    /**
     * Takes the live ones of an input vector.
     *
     * @param inputs finite values, {@code numInputs} from {@code offset}
     * @param offset first input
     * @param rule which are live
     * @throws IllegalArgumentException naming the input that is NaN or infinite, or if the section is not in the array
     */
    public void set(float[] inputs, int offset, LiveInputs rule) {
        Ranges.requireSection("inputs", inputs.length, offset, numInputs);
        int maxMagnitude = rule == LiveInputs.POSITIVE ? takePositive(inputs, offset) : takeNonzero(inputs, offset);
        if (maxMagnitude >= INFINITY_BITS) {
            ProductCheck.requireFinite(inputs, offset, numInputs);
        }
        appendBias();
    }

    private int takePositive(float[] inputs, int offset) {
        int next = 0;
        int maxMagnitude = 0;
        for (int i = 0; i < numInputs; i++) {
            float value = inputs[offset + i];
            columns[next] = i;
            next += value > 0 ? 1 : 0;
            maxMagnitude = Math.max(maxMagnitude, Float.floatToRawIntBits(value) & MAGNITUDE_BITS);
        }
        length = next;
        return maxMagnitude;
    }

    private int takeNonzero(float[] inputs, int offset) {
        int next = 0;
        int maxMagnitude = 0;
        for (int i = 0; i < numInputs; i++) {
            int magnitude = Float.floatToRawIntBits(inputs[offset + i]) & MAGNITUDE_BITS;
            columns[next] = i;
            next += magnitude != 0 ? 1 : 0;
            maxMagnitude = Math.max(maxMagnitude, magnitude);
        }
        length = next;
        return maxMagnitude;
    }

    /**
     * Takes the live ones of a fixed-point input vector.
     *
     * @param inputs raw values, {@code numInputs} from {@code offset}
     * @param offset first input
     * @param rule which are live
     * @throws IllegalArgumentException if the section is not in the array
     */
    public void set(int[] inputs, int offset, LiveInputs rule) {
        Ranges.requireSection("inputs", inputs.length, offset, numInputs);
        int next = 0;
        for (int i = 0; i < numInputs; i++) {
            columns[next] = i;
            next += rule.isLive(inputs[offset + i]) ? 1 : 0;
        }
        length = next;
        appendBias();
    }

    /**
     * Takes a list of live inputs.
     *
     * @param inputs ascending input indices; copied
     * @throws IllegalArgumentException naming the first that is out of range or order
     */
    public void set(int[] inputs) {
        int previous = -1;
        for (int input : inputs) {
            if (input <= previous || input >= numInputs) {
                throw new IllegalArgumentException(
                        "live input " + input + " after " + previous + ", of " + numInputs + " inputs");
            }
            previous = input;
        }
        System.arraycopy(inputs, 0, columns, 0, inputs.length);
        length = inputs.length;
        appendBias();
    }

    /**
     * Takes a bitmap of live inputs.
     *
     * @param bitmap bit {@code i mod 64} of word {@code i / 64} is set where input i is live
     * @throws IllegalArgumentException if a bit past the inputs is set
     */
    public void setBitmap(long[] bitmap) {
        int next = 0;
        for (int word = 0; word < bitmap.length; word++) {
            for (long bits = bitmap[word]; bits != 0; bits &= bits - 1) {
                long input = word * (long) Long.SIZE + Long.numberOfTrailingZeros(bits);
                if (input >= numInputs) {
                    throw new IllegalArgumentException("live input " + input + " of " + numInputs + " inputs");
                }
                columns[next++] = (int) input;
            }
        }
        length = next;
        appendBias();
    }

    /** Takes one vector of a block; bit v of word i is set where input i of vector v is live. */
    void setVector(long[] liveVectors, int vector) {
        int next = 0;
        for (int i = 0; i < numInputs; i++) {
            columns[next] = i;
            next += (int) (liveVectors[i] >>> vector) & 1;
        }
        length = next;
        appendBias();
    }

    private void appendBias() {
        if (biasColumn >= 0) {
            columns[length++] = biasColumn;
        }
    }

    int[] columns() {
        return columns;
    }

    int numLiveInputs() {
        return hasBias() ? length - 1 : length;
    }

    boolean hasBias() {
        return biasColumn >= 0;
    }

    /**
     * Returns how many columns are broadcast.
     *
     * @return live inputs, and one if there is a bias column
     */
    public int length() {
        return length;
    }
}
