package org.eiesim.compiler.program;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which images lie whole in one kind of memory; a load displaces those it overlaps. */
final class MemoryMap {
    private record Extent(long end, int image) {}

    private final TreeMap<Long, Extent> byStart = new TreeMap<>();
    private final Map<Integer, Long> starts = new HashMap<>();

    void load(int image, long start, long length) {
        Map.Entry<Long, Extent> before = byStart.lowerEntry(start);
        if (before != null && before.getValue().end() > start) {
            remove(before.getKey());
        }
        for (Long next = byStart.ceilingKey(start); next != null && next < start + length; ) {
            remove(next);
            next = byStart.ceilingKey(start);
        }
        Long old = starts.get(image);
        if (old != null) {
            remove(old);
        }
        byStart.put(start, new Extent(start + length, image));
        starts.put(image, start);
    }

    boolean holds(int image) {
        return starts.containsKey(image);
    }

    private void remove(long start) {
        Extent extent = byStart.remove(start);
        if (extent != null) {
            starts.remove(extent.image());
        }
    }
}
