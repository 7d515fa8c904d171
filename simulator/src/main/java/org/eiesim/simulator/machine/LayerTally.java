package org.eiesim.simulator.machine;

/** What one thread has counted of one layer. */
final class LayerTally {
    /** Odd constants of splitmix64. */
    private static final long INCREMENT = 0x9E3779B97F4A7C15L;

    private static final long FIRST_FACTOR = 0xBF58476D1CE4E5B9L;
    private static final long SECOND_FACTOR = 0x94D049BB133111EBL;

    final EventRecord events;
    private final Magnitudes outputs = new Magnitudes();
    private long digest;
    /** Distinguishes the places of outputs: the input's number in the upper half, a running number in the lower. */
    private long place;

    LayerTally(int numPes) {
        events = new EventRecord(numPes);
    }

    void startInput(int input) {
        place = (long) input << Integer.SIZE;
    }

    /** Continues at another's place. */
    void continueFrom(LayerTally other, long numOutputs) {
        place = other.place + numOutputs;
    }

    /** Notes the next output: its value and the bits that stand for it. */
    void output(double value, int bits) {
        outputAt(0, value, bits);
        place++;
    }

    /** Notes an output some places after the next. */
    void outputAt(long after, double value, int bits) {
        outputs.add(value);
        long z = ((place + after) * INCREMENT) ^ ((long) bits * FIRST_FACTOR);
        z = (z ^ (z >>> 30)) * FIRST_FACTOR;
        z = (z ^ (z >>> 27)) * SECOND_FACTOR;
        digest += z ^ (z >>> 31);
    }

    void add(LayerTally other) {
        events.add(other.events);
        outputs.add(other.outputs);
        digest += other.digest;
    }

    Magnitudes outputs() {
        return outputs;
    }

    long digest() {
        return digest;
    }
}
