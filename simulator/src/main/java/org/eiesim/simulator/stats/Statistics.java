package org.eiesim.simulator.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.simulator.machine.EventRecord;

/** Every statistic and every share, defined once: JSON, tables, reports and docs/machine.md take names and meanings from here. */
public final class Statistics {
    /** All statistics in the order of tables. */
    public static final List<Statistic> ALL = List.of(
            Statistic.ofArray(
                    "cycles",
                    "cycles",
                    "Clock cycles of all products, each from its first cycle until every column broadcast has left"
                            + " every pipeline.",
                    events -> events.cycles),
            Statistic.ofArray(
                    "broadcasts",
                    "inputs",
                    "Live inputs broadcast, the bias column included where there is one.",
                    events -> events.broadcasts),
            Statistic.ofArray(
                    "pointer_reads",
                    "reads",
                    "Reads of the pointer memories: one per PE and broadcast, the even/odd pair of a column's start and"
                            + " end being one.",
                    EventRecord::pointerReads),
            Statistic.ofPes(
                    "spmat_row_reads",
                    "rows",
                    "Rows read from the weight memories. An entry in the row read last costs none.",
                    events -> events.spmatRowReads),
            Statistic.ofPes(
                    "accumulates",
                    "entries",
                    "Entries multiplied and added: those of the broadcast columns whose code is not 0.",
                    events -> events.accumulates),
            Statistic.ofPes(
                    "padding_entries",
                    "entries",
                    "Entries of the broadcast columns whose code is 0. Each takes a cycle of its PE and does nothing.",
                    events -> events.paddingEntries),
            Statistic.ofPes(
                    "empty_columns",
                    "columns",
                    "Pairs of PE and broadcast column without an entry. Each takes a cycle of its PE.",
                    events -> events.emptyColumns),
            Statistic.ofPes(
                    "starved_pe_cycles",
                    "PE cycles",
                    "Cycles PEs waited between two columns because their queue was empty.",
                    events -> events.starvedCycles),
            Statistic.ofArray(
                    "full_stall_cycles",
                    "cycles",
                    "Cycles in which a live input was ready and a full queue kept it from being broadcast.",
                    events -> events.fullStallCycles),
            Statistic.ofArray(
                    "saturations",
                    "sums",
                    "Fixed-point sums that did not fit the accumulator and were clipped.",
                    events -> events.saturations),
            Statistic.ofPes(
                    "queue_full_pe_cycles",
                    "PE cycles",
                    "full_stall_cycles, each counted for every PE whose queue was full.",
                    events -> events.queueFullCycles),
            Statistic.ofPes(
                    "fill_pe_cycles",
                    "PE cycles",
                    "Cycles PEs waited for their first column.",
                    events -> events.fillCycles),
            Statistic.ofPes(
                    "drain_pe_cycles",
                    "PE cycles",
                    "Cycles behind PEs' last columns, while pipelines and other PEs finish.",
                    events -> events.drainCycles),
            Statistic.ofArray(
                    "products",
                    "products",
                    "Matrix-vector products run, each drained before the next.",
                    events -> events.products));

    /** The share of the PEs' cycles that multiply. */
    public static final Ratio UTILISATION = new Ratio(
            "utilisation",
            "accumulates / (pes x cycles)",
            "Share of the PEs' cycles that multiply and add: work that counts.",
            events -> share(sum(events.accumulates), events));

    /** The share of the PEs' cycles spent on entries. */
    public static final Ratio BUSY = new Ratio(
            "busy",
            "(accumulates + padding_entries) / (pes x cycles)",
            "Share of the PEs' cycles spent on entries, padding included. The cycle of an empty column is not one of"
                    + " them.",
            events -> share(sum(events.accumulates) + sum(events.paddingEntries), events));

    /** How evenly entries are spread over the PEs. */
    public static final Ratio BALANCE = new Ratio(
            "balance",
            "mean / maximum over the PEs of accumulates + padding_entries",
            "How evenly entries were spread: those a PE worked on in the mean, over those of the PE that worked on"
                    + " most; 1 where there were none. Empty columns are no work.",
            Statistics::balance);

    /** All shares in the order of tables. */
    public static final List<Ratio> RATIOS = List.of(UTILISATION, BUSY, BALANCE);

    private Statistics() {}

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static double share(long peCycles, EventRecord events) {
        double all = (double) events.numPes() * events.cycles;
        return all == 0 ? 0 : peCycles / all;
    }

    /**
     * Returns a record's shares by name.
     *
     * @param events a run's record
     * @return a new map in the order of {@link #RATIOS}
     */
    public static Map<String, Double> ratiosOf(EventRecord events) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Ratio ratio : RATIOS) {
            values.put(ratio.name(), ratio.of(events));
        }
        return values;
    }

    /**
     * Returns the table of shares for docs/machine.md.
     *
     * @return Markdown, one row per share, ending with a line break
     */
    public static String ratiosMarkdown() {
        StringBuilder text = new StringBuilder("| share | is | meaning |\n| --- | --- | --- |\n");
        for (Ratio ratio : RATIOS) {
            text.append("| `").append(ratio.name()).append("` | ");
            text.append(ratio.formula()).append(" | ");
            text.append(ratio.text()).append(" |\n");
        }
        return text.toString();
    }

    /**
     * Returns a record's statistics by name.
     *
     * @param events a run's record
     * @return a new map in the order of {@link #ALL}
     */
    public static Map<String, Long> of(EventRecord events) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (Statistic statistic : ALL) {
            values.put(statistic.name(), statistic.of(events));
        }
        return values;
    }

    /**
     * Returns the table for docs/machine.md.
     *
     * @return Markdown, one row per statistic, ending with a line break
     */
    public static String markdown() {
        StringBuilder text = new StringBuilder("| statistic | unit | meaning |\n| --- | --- | --- |\n");
        for (Statistic statistic : ALL) {
            text.append("| `").append(statistic.name()).append("` | ");
            text.append(statistic.unit()).append(" | ");
            text.append(statistic.text()).append(" |\n");
        }
        return text.toString();
    }

    private static double balance(EventRecord events) {
        long sum = 0;
        long most = 0;
        for (int pe = 0; pe < events.numPes(); pe++) {
            long entries = events.accumulates[pe] + events.paddingEntries[pe];
            sum += entries;
            most = Math.max(most, entries);
        }
        return most == 0 ? 1 : (double) sum / events.numPes() / most;
    }
}
