package org.eiesim.simulator.exact.lanes;

/** Counts what broadcast columns cost whatever the time: entries, padding, empty columns and weight-row reads. */
public interface TrafficLanes {
    /**
     * Counts the columns of one product.
     *
     * @param columns ascending columns
     * @param numColumns how many of them, from the first
     * @param counts what the columns cost is added to it
     */
    void count(int[] columns, int numColumns, TrafficCounts counts);
}
