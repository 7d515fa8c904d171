package org.eiesim.simulator.clocked;

import java.util.Arrays;

/**
 * The activation queues of all PEs. A queue is a ring of which one slot stays empty. A push reaches all queues at once,
 * so the slots' contents are the same in all of them and are kept once; how far each has been read is its own. Both ends
 * see the state at the start of the cycle: a pushed activation can be popped in the next cycle, a popped slot filled.
 *
 * <p>Source: EIE IV "Activation Queue and Load Balancing".
 */
final class ActivationQueue {
    /** The end the central control unit sees. */
    interface PushEnd {
        /** Returns whether PE's queue takes no further activation in this cycle. */
        boolean isFull(int pe);

        /** Pushes an activation to every queue; none may be full. */
        void push(int column, int activation);
    }

    /** The end a PE's pointer read sees. */
    interface PopEnd {
        boolean isEmpty(int pe);

        /** Returns the column of the PE's oldest activation. */
        int headColumn(int pe);

        /** Returns the value of the PE's oldest activation. */
        int headActivation(int pe);

        /** Removes the PE's oldest activation; at most one in a cycle. */
        void pop(int pe);
    }

    private final int numSlots;
    private final int[] columns;
    private final int[] activations;
    private final int[] heads;
    private final int[] depths;
    private final int[] pops;
    private int tail;
    private int pushes;

    ActivationQueue(int numPes, int numSlots) {
        this.numSlots = numSlots;
        columns = new int[numSlots];
        activations = new int[numSlots];
        heads = new int[numPes];
        depths = new int[numPes];
        pops = new int[numPes];
    }

    PushEnd pushEnd() {
        return new PushEnd() {
            @Override
            public boolean isFull(int pe) {
                return depths[pe] + pushes >= numSlots - 1;
            }

            @Override
            public void push(int column, int activation) {
                columns[tail] = column;
                activations[tail] = activation;
                tail = tail + 1 == numSlots ? 0 : tail + 1;
                pushes++;
            }
        };
    }

    PopEnd popEnd() {
        return new PopEnd() {
            @Override
            public boolean isEmpty(int pe) {
                return depths[pe] == 0;
            }

            @Override
            public int headColumn(int pe) {
                return columns[heads[pe]];
            }

            @Override
            public int headActivation(int pe) {
                return activations[heads[pe]];
            }

            @Override
            public void pop(int pe) {
                pops[pe] = 1;
            }
        };
    }

    void reset() {
        Arrays.fill(heads, 0);
        Arrays.fill(depths, 0);
        Arrays.fill(pops, 0);
        tail = 0;
        pushes = 0;
    }

    void advance() {
        for (int pe = 0; pe < depths.length; pe++) {
            depths[pe] += pushes - pops[pe];
            int head = heads[pe] + pops[pe];
            heads[pe] = head == numSlots ? 0 : head;
            pops[pe] = 0;
        }
        pushes = 0;
    }

    /** Returns how many activations PE's queue holds at the start of the cycle. */
    int depth(int pe) {
        return depths[pe];
    }
}
