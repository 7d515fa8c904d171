package org.eiesim.simulator.exact.lanes;

import org.jspecify.annotations.Nullable;

/** The lanes in plain Java, one PE after another. Takes every layer. */
final class ScalarLanes implements Lanes {
    static final Lanes INSTANCE = new ScalarLanes();

    private ScalarLanes() {}

    @Override
    public PopLanes pops(CountTable counts, int ringSlots, long backlogCycles) {
        return new ScalarPops(counts, ringSlots, backlogCycles);
    }

    @Override
    public TrafficLanes traffic(CountTable entries, CountTable padding, SpmatRows rows) {
        return new ScalarTraffic(entries, padding, rows);
    }

    @Override
    public @Nullable BlockLanes blocks() {
        return null;
    }

    @Override
    public String toString() {
        return "scalar";
    }
}
