package org.eiesim.simulator.exact.lanes;

import java.util.Arrays;

/** Counts one PE after another. */
final class ScalarTraffic implements TrafficLanes {
    private final CountTable entries;
    private final CountTable padding;
    private final SpmatRows rows;
    /** Per PE the rows up to the one read last. */
    private final int[] last;

    ScalarTraffic(CountTable entries, CountTable padding, SpmatRows rows) {
        this.entries = entries;
        this.padding = padding;
        this.rows = rows;
        last = new int[entries.numPes()];
    }

    @Override
    public void count(int[] columns, int numColumns, TrafficCounts counts) {
        Arrays.fill(last, 0);
        boolean anyPadding = padding.max() > 0;
        int segment = 0;
        for (int i = 0; i < numColumns; i++) {
            while (columns[i] >= rows.segmentEnd(segment)) {
                enter(++segment);
            }
            int offset = columns[i] * entries.stride();
            for (int pe = 0; pe < last.length; pe++) {
                int index = offset + pe;
                int count = entries.get(index);
                int padded = anyPadding ? padding.get(index) : 0;
                counts.accumulates()[pe] += count - padded;
                counts.paddingEntries()[pe] += padded;
                counts.emptyColumns()[pe] += count == 0 ? 1 : 0;
                int before = rows.before(index);
                int through = Math.max(last[pe], before + rows.occupied(index));
                counts.spmatRowReads()[pe] += through - Math.max(last[pe], before);
                last[pe] = through;
            }
        }
    }

    private void enter(int segment) {
        for (int pe = 0; pe < last.length; pe++) {
            last[pe] = Math.max(0, last[pe] - rows.rowsBetween(segment, pe));
        }
    }
}
