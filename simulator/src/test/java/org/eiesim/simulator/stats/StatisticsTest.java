package org.eiesim.simulator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.eiesim.simulator.machine.EventRecord;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void namesAreTheContractOfTheJson() {
        assertThat(Statistics.ALL.stream().map(Statistic::name))
                .startsWith(
                        "cycles",
                        "broadcasts",
                        "pointer_reads",
                        "spmat_row_reads",
                        "accumulates",
                        "padding_entries",
                        "empty_columns",
                        "starved_pe_cycles",
                        "full_stall_cycles",
                        "saturations")
                .doesNotHaveDuplicates();
    }

    @Test
    void eachReadsItsOwnFieldOfTheRecord() {
        EventRecord events = new EventRecord(2);
        events.products = 1;
        events.cycles = 2;
        events.broadcasts = 3;
        events.fullStallCycles = 4;
        events.saturations = 5;
        Arrays.fill(events.spmatRowReads, 10);
        Arrays.fill(events.accumulates, 20);
        Arrays.fill(events.paddingEntries, 30);
        Arrays.fill(events.emptyColumns, 40);
        Arrays.fill(events.starvedCycles, 50);
        Arrays.fill(events.queueFullCycles, 60);
        Arrays.fill(events.fillCycles, 70);
        Arrays.fill(events.drainCycles, 80);

        assertThat(Statistics.of(events))
                .containsEntry("products", 1L)
                .containsEntry("cycles", 2L)
                .containsEntry("broadcasts", 3L)
                .containsEntry("pointer_reads", 6L)
                .containsEntry("full_stall_cycles", 4L)
                .containsEntry("saturations", 5L)
                .containsEntry("spmat_row_reads", 20L)
                .containsEntry("accumulates", 40L)
                .containsEntry("padding_entries", 60L)
                .containsEntry("empty_columns", 80L)
                .containsEntry("starved_pe_cycles", 100L)
                .containsEntry("queue_full_pe_cycles", 120L)
                .containsEntry("fill_pe_cycles", 140L)
                .containsEntry("drain_pe_cycles", 160L)
                .hasSize(14);
    }

    /** Empty columns are no work: one PE of four with all entries is a balance of a quarter, whatever the others popped. */
    @Test
    void sharesAreWhatTheirFormulasSay() {
        EventRecord events = new EventRecord(4);
        events.cycles = 100;
        events.accumulates[2] = 60;
        events.paddingEntries[2] = 20;
        Arrays.fill(events.emptyColumns, 80);
        events.emptyColumns[2] = 0;

        assertThat(Statistics.ratiosOf(events))
                .containsExactly(Map.entry("utilisation", 0.15), Map.entry("busy", 0.2), Map.entry("balance", 0.25));
        assertThat(Statistics.ratiosOf(new EventRecord(4)))
                .containsExactly(Map.entry("utilisation", 0.0), Map.entry("busy", 0.0), Map.entry("balance", 1.0));
    }
}
