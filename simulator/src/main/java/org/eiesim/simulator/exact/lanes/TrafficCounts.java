package org.eiesim.simulator.exact.lanes;

/**
 * Where traffic is added up, per PE.
 *
 * @param accumulates multiply-accumulates of entries that are no padding
 * @param paddingEntries entries that only carry an index on
 * @param emptyColumns broadcast columns without an entry
 * @param spmatRowReads rows read from the weight SRAM
 */
public record TrafficCounts(long[] accumulates, long[] paddingEntries, long[] emptyColumns, long[] spmatRowReads) {}
