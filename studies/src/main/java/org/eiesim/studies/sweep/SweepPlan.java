package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.studies.workload.Workload;

/**
 * The unfinished lines of a sweep, grouped by what they share: first the trace of a workload, then its timing.
 *
 * @param groups what has to be traced, in the order of the lines that need it
 * @param impossible lines whose machine does not exist, or cannot run the workload
 * @param numRows unfinished lines in all
 */
record SweepPlan(List<Group> groups, List<SweepRow> impossible, int numRows) {
    /**
     * Machines that share a workload's trace.
     *
     * @param workloadIndex the workload's place
     * @param workload the workload
     * @param byTiming the machines by queue slots and broadcast width
     */
    record Group(int workloadIndex, Workload workload, Map<Timing, List<Machine>> byTiming) {
        /** Returns one of the machines: what the trace depends on is the same in all. */
        MachineConfig config() {
            return byTiming.values().iterator().next().get(0).config();
        }
    }

    /** What timing depends on beside the trace. */
    record Timing(int queueSlots, int broadcastWidth) {
        static Timing of(MachineConfig config) {
            return new Timing(config.queueSlots(), config.broadcastWidth());
        }
    }

    /** A machine and its place in the sweep. */
    record Machine(int point, MachineConfig config) {}

    /**
     * Plans what is left to do.
     *
     * @param points the machines
     * @param workloads the workloads
     * @param finished bit {@code point * workloads + workload} is set where a line is finished
     */
    static SweepPlan of(List<SweepPoint> points, List<Workload> workloads, BitSet finished) {
        Map<List<Object>, Group> groups = new LinkedHashMap<>();
        List<SweepRow> impossible = new ArrayList<>();
        int numRows = 0;
        for (SweepPoint point : points) {
            for (int w = 0; w < workloads.size(); w++) {
                if (finished.get(point.index() * workloads.size() + w)) {
                    continue;
                }
                numRows++;
                String reason = reason(point, workloads.get(w));
                MachineConfig config = point.config();
                if (config == null || !reason.isEmpty()) {
                    impossible.add(SweepRow.impossible(point.index(), w, reason));
                    continue;
                }
                int index = w;
                groups.computeIfAbsent(
                                key(index, workloads.get(w), config),
                                key -> new Group(index, workloads.get(index), new LinkedHashMap<>()))
                        .byTiming()
                        .computeIfAbsent(Timing.of(config), timing -> new ArrayList<>())
                        .add(new Machine(point.index(), config));
            }
        }
        return new SweepPlan(List.copyOf(groups.values()), impossible, numRows);
    }

    private static String reason(SweepPoint point, Workload workload) {
        MachineConfig config = point.config();
        if (config == null) {
            return point.reason();
        }
        try {
            workload.requireRunnable(config);
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static List<Object> key(int workload, Workload of, MachineConfig config) {
        List<Object> key = new ArrayList<>();
        key.add(workload);
        for (Parameter<?> parameter : of.traceParameters()) {
            key.add(config.get(parameter));
        }
        return key;
    }
}
