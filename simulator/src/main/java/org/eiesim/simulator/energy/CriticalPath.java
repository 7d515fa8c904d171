package org.eiesim.simulator.energy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What a machine's clock must have time for in one cycle: a read of each of its memories, and the gates of each stage of
 * its PEs. The slowest sets the highest clock, {@code 1000 / ns}; a machine with a higher one is infeasible. Wires,
 * flip-flops and margins are not counted, so that the highest clock is an upper bound.
 *
 * @param parts the memories, then the stages
 * @param clockMhz the machine's clock
 */
public record CriticalPath(List<Part> parts, double clockMhz) {
    private static final double NS_PER_CYCLE_OF_1_MHZ = 1e3;

    /**
     * Something that has to be done within a cycle.
     *
     * @param name the memory, or the stage
     * @param isMemory whether it is the read of a memory
     * @param delayNs how long it takes
     */
    public record Part(String name, boolean isMemory, Figure delayNs) {}

    /** Copies the list. */
    public CriticalPath {
        parts = List.copyOf(parts);
    }

    /**
     * Finds the paths of a machine.
     *
     * @param config any machine
     * @return its memories and stages, with the figures its energy is priced by
     */
    public static CriticalPath of(MachineConfig config) {
        return of(config, Memories.of(config, config.get(Parameters.SRAM_CELLS)));
    }

    static CriticalPath of(MachineConfig config, Memories memories) {
        List<Part> parts = new ArrayList<>();
        for (Memories.Memory memory : memories.all()) {
            parts.add(new Part(memory.name(), true, memory.sram().accessNs()));
        }
        for (Stage stage : Stage.all()) {
            parts.add(new Part(stage.label(), false, stage.delayNs(config)));
        }
        return new CriticalPath(parts, config.get(Parameters.CLOCK_MHZ));
    }

    /**
     * Returns what sets the highest clock.
     *
     * @return the slowest part, of equals the first
     */
    public Part limiting() {
        return parts.stream()
                .max(Comparator.comparingDouble(part -> part.delayNs().value()))
                .orElseThrow();
    }

    /**
     * Returns the highest clock the machine could have.
     *
     * @return megahertz: 1000 over the slowest part's nanoseconds
     */
    public double highestClockMhz() {
        return NS_PER_CYCLE_OF_1_MHZ / limiting().delayNs().value();
    }

    /**
     * Tells whether the machine can keep its clock.
     *
     * @return whether {@code clock_mhz} is at most {@link #highestClockMhz}
     */
    public boolean isFeasible() {
        return clockMhz <= highestClockMhz();
    }

    /**
     * Says why the machine cannot keep its clock.
     *
     * @return one sentence, or null if it can
     */
    public @Nullable String infeasible() {
        if (isFeasible()) {
            return null;
        }
        Part slowest = limiting();
        return String.format(
                Locale.ROOT,
                "%s takes %.3f ns, a cycle at %s MHz has %.3f ns; the clock can be %s MHz at most",
                slowest.isMemory() ? "a read of the " + slowest.name() : "the " + slowest.name(),
                slowest.delayNs().value(),
                Parameters.CLOCK_MHZ.domain().print(clockMhz),
                NS_PER_CYCLE_OF_1_MHZ / clockMhz,
                // Rounded down, so that the clock named can be kept.
                String.format(Locale.ROOT, "%.1f", Math.floor(10 * highestClockMhz()) / 10));
    }
}
