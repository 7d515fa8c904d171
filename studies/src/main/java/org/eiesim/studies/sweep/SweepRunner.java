package org.eiesim.studies.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.studies.workload.Workload;
import org.eiesim.studies.workload.WorkloadTrace;

/**
 * Computes the lines of a sweep that are not in its journal yet. Each workload is traced once per number of PEs and index
 * width, its traffic counted once per row width, its timing once per queue and broadcast width; the rest is prices. A
 * line does not depend on what else runs, so that neither threads nor interruptions change it.
 */
final class SweepRunner {
    private final List<SweepPoint> points;
    private final List<Workload> workloads;
    private final SweepJournal journal;
    private final IntConsumer progress;
    private final SweepRow[] rows;
    private final AtomicReferenceArray<SweepRow.Machine> machines;
    private int numDone;

    /**
     * Takes a sweep.
     *
     * @param journal holds what is finished, receives what is computed
     * @param progress is told how many lines are finished; called from all threads, one at a time
     */
    SweepRunner(List<SweepPoint> points, List<Workload> workloads, SweepJournal journal, IntConsumer progress) {
        this.points = points;
        this.workloads = workloads;
        this.journal = journal;
        this.progress = progress;
        rows = new SweepRow[Math.multiplyExact(points.size(), workloads.size())];
        machines = new AtomicReferenceArray<>(points.size());
    }

    /**
     * Runs what is left.
     *
     * @return all lines, by point and then by workload
     * @throws IOException if the journal cannot be written
     */
    List<SweepRow> run(int numThreads) throws IOException {
        BitSet finished = new BitSet(rows.length);
        for (SweepRow row : journal.finished()) {
            int index = Math.addExact(Math.multiplyExact(row.point(), workloads.size()), row.workload());
            rows[index] = row;
            finished.set(index);
        }
        numDone = finished.cardinality();
        progress.accept(numDone);
        SweepPlan plan = SweepPlan.of(points, workloads, finished);
        ForkJoinPool pool = new ForkJoinPool(numThreads);
        try {
            // Told one by one from outside: a free thread takes the next group only when no part of a group begun
            // is left, so that few traces are in memory at a time.
            List<ForkJoinTask<Void>> tasks = new ArrayList<>();
            for (SweepPlan.Group group : plan.groups()) {
                tasks.add(pool.submit(new GroupTask(group)));
            }
            finish(plan.impossible());
            tasks.forEach(ForkJoinTask::join);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            pool.shutdownNow();
        }
        return List.of(rows);
    }

    /** Traces a workload, then runs all machines that share the trace. */
    private final class GroupTask extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient SweepPlan.Group group;

        GroupTask(SweepPlan.Group group) {
            this.group = group;
        }

        @Override
        protected void compute() {
            WorkloadTrace trace;
            try {
                trace = group.workload().trace(group.config());
            } catch (IllegalArgumentException e) {
                List<SweepRow> impossible = new ArrayList<>();
                group.byTiming()
                        .values()
                        .forEach(machines -> machines.forEach(machine -> impossible.add(SweepRow.impossible(
                                machine.point(), group.workloadIndex(), String.valueOf(e.getMessage())))));
                finish(impossible);
                return;
            }
            Map<Integer, List<EventRecord>> traffic = new ConcurrentHashMap<>();
            List<ForkJoinTask<?>> parts = new ArrayList<>();
            group.byTiming()
                    .forEach((timing, machines) ->
                            parts.add(ForkJoinTask.adapt(() -> finish(rows(trace, timing, machines, traffic)))));
            ForkJoinTask.invokeAll(parts);
        }

        private List<SweepRow> rows(
                WorkloadTrace trace,
                SweepPlan.Timing timing,
                List<SweepPlan.Machine> machines,
                Map<Integer, List<EventRecord>> traffic) {
            List<SweepRow> computed = new ArrayList<>(machines.size());
            try {
                WorkloadTrace.Timing timed = trace.timingByLayer(timing.queueSlots(), timing.broadcastWidth());
                for (SweepPlan.Machine machine : machines) {
                    int rowEntries = machine.config().spmatRowEntries();
                    List<EventRecord> moved = traffic.computeIfAbsent(rowEntries, trace::trafficByLayer);
                    computed.add(price(machine, moved, timed, trace));
                }
            } catch (IllegalArgumentException e) {
                for (SweepPlan.Machine machine : machines.subList(computed.size(), machines.size())) {
                    computed.add(SweepRow.impossible(
                            machine.point(), group.workloadIndex(), String.valueOf(e.getMessage())));
                }
            }
            return computed;
        }

        private SweepRow price(
                SweepPlan.Machine machine, List<EventRecord> traffic, WorkloadTrace.Timing timed, WorkloadTrace trace) {
            List<EventRecord> events = new ArrayList<>();
            for (int i = 0; i < traffic.size(); i++) {
                EventRecord layer = new EventRecord(machine.config().pes());
                layer.add(traffic.get(i));
                layer.add(timed.layers().get(i));
                events.add(layer);
            }
            return SweepRow.of(
                    machine.point(),
                    group.workloadIndex(),
                    trace,
                    events,
                    trace.streamedMicroseconds(timed, machine.config()),
                    machine(machine.point(), machine.config()));
        }
    }

    /** Returns a machine's prices, the same for all its workloads. */
    private SweepRow.Machine machine(int point, MachineConfig config) {
        SweepRow.Machine machine = machines.get(point);
        if (machine == null) {
            machine = SweepRow.Machine.of(config);
            machines.set(point, machine);
        }
        return machine;
    }

    private void finish(List<SweepRow> computed) {
        if (computed.isEmpty()) {
            return;
        }
        try {
            journal.append(computed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        synchronized (this) {
            for (SweepRow row : computed) {
                rows[row.point() * workloads.size() + row.workload()] = row;
            }
            numDone += computed.size();
            progress.accept(numDone);
        }
    }
}
