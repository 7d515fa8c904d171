package org.eiesim.simulator.clocked;

/**
 * A pipeline register of all processing elements: what is put in during a cycle comes out in the next. A component is
 * given one end only. The writer fills all slots anew each cycle.
 *
 * @param <T> the slots of one register, one array element per PE
 */
final class Latch<T> {
    /** Where the component before the register writes. */
    interface Input<T> {
        T slots();
    }

    /** Where the component behind the register reads. */
    interface Output<T> {
        T slots();
    }

    private T written;
    private T read;

    /** Takes two like bundles of slots, which change places every cycle. */
    Latch(T written, T read) {
        this.written = written;
        this.read = read;
    }

    Input<T> input() {
        return () -> written;
    }

    Output<T> output() {
        return () -> read;
    }

    void advance() {
        T previous = read;
        read = written;
        written = previous;
    }
}
