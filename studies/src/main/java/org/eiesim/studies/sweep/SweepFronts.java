package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.energy.CriticalPath;
import org.eiesim.studies.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * The fronts of a sweep: of every workload, and of all together, whose time and energy are the sums over the workloads.
 * Time, energy and area are weighed, each the smaller the better; {@link ParetoFront} says what dominates. A machine that
 * cannot keep its clock is no design: it is on no front and dominates none.
 */
final class SweepFronts {
    /** What tables call all workloads together. */
    static final String ALL_WORKLOADS = "(all)";

    private final List<SweepPoint> points;
    private final List<Workload> workloads;
    private final List<SweepRow> rows;
    private final FrontTime time;
    private final List<@Nullable CriticalPath> paths = new ArrayList<>();
    private final List<boolean[]> ofWorkloads = new ArrayList<>();

    /** Takes all lines, by point and then by workload. */
    SweepFronts(List<SweepPoint> points, List<Workload> workloads, List<SweepRow> rows, FrontTime time) {
        this.points = points;
        this.workloads = workloads;
        this.rows = rows;
        this.time = time;
        for (SweepPoint point : points) {
            MachineConfig config = point.config();
            paths.add(config == null ? null : CriticalPath.of(config));
        }
        for (int w = 0; w < workloads.size(); w++) {
            int workload = w;
            ofWorkloads.add(front(points.stream()
                    .map(point -> design(point, List.of(row(point.index(), workload))))
                    .toList()));
        }
    }

    private Design design(SweepPoint point, List<SweepRow> of) {
        CriticalPath path = paths.get(point.index());
        return Design.of(point, path != null && path.isFeasible(), of, time);
    }

    private SweepRow row(int point, int workload) {
        return rows.get(point * workloads.size() + workload);
    }

    /** Returns how many lines have results of a machine that cannot keep its clock. */
    int numInfeasible() {
        return (int) rows.stream()
                .filter(SweepRow::isPossible)
                .filter(row -> {
                    CriticalPath path = paths.get(row.point());
                    return path != null && !path.isFeasible();
                })
                .count();
    }

    /** Returns all lines of the table. */
    List<TableLine> lines() {
        List<TableLine> lines = new ArrayList<>(rows.size());
        for (SweepRow row : rows) {
            lines.add(new TableLine(
                    points.get(row.point()),
                    workloads.get(row.workload()),
                    row,
                    paths.get(row.point()),
                    ofWorkloads.get(row.workload())[row.point()]));
        }
        return lines;
    }

    /**
     * One machine with what it takes for some workloads; infinite where it cannot run one of them or keep its clock.
     *
     * @param point the machine
     * @param timeUs microseconds on chip
     * @param streamedUs microseconds with transfers
     * @param energyNj nanojoules
     * @param areaMm2 square millimetres
     * @param weighedUs the time the front weighs
     */
    record Design(
            SweepPoint point, double timeUs, double streamedUs, double energyNj, double areaMm2, double weighedUs) {
        private static Design of(SweepPoint point, boolean isFeasible, List<SweepRow> rows, FrontTime time) {
            double timeUs = 0;
            double streamedUs = 0;
            double energyNj = 0;
            double areaMm2 = 0;
            MachineConfig config = point.config();
            for (SweepRow row : rows) {
                if (config == null || !isFeasible || !row.isPossible()) {
                    double never = Double.POSITIVE_INFINITY;
                    return new Design(point, never, never, never, never, never);
                }
                timeUs += config.microseconds(row.cycles());
                streamedUs += row.streamedUs();
                energyNj += row.totalEnergyPj() / 1e3;
                areaMm2 = row.areaMm2();
            }
            double weighedUs = time == FrontTime.STREAMED ? streamedUs : timeUs;
            return new Design(point, timeUs, streamedUs, energyNj, areaMm2, weighedUs);
        }

        boolean isPossible() {
            return timeUs < Double.POSITIVE_INFINITY;
        }

        double energyDelay() {
            return streamedUs * energyNj;
        }
    }

    /** A front, and everything it was chosen from. */
    record Front(String workload, List<Design> designs, List<Design> front) {}

    /** Returns the front of each workload, then, if there are several, that of all together. */
    List<Front> fronts() {
        List<Front> fronts = new ArrayList<>();
        for (int w = 0; w < workloads.size(); w++) {
            int workload = w;
            fronts.add(select(
                    workloads.get(w).name(),
                    points.stream()
                            .map(point -> design(point, List.of(row(point.index(), workload))))
                            .toList()));
        }
        if (workloads.size() > 1) {
            fronts.add(select(
                    ALL_WORKLOADS,
                    points.stream()
                            .map(point -> design(
                                    point,
                                    rows.subList(
                                            point.index() * workloads.size(), (point.index() + 1) * workloads.size())))
                            .toList()));
        }
        return fronts;
    }

    private static Front select(String workload, List<Design> all) {
        boolean[] front = front(all);
        List<Design> selected = new ArrayList<>();
        for (int i = 0; i < front.length; i++) {
            if (front[i]) {
                selected.add(all.get(i));
            }
        }
        return new Front(workload, all.stream().filter(Design::isPossible).toList(), selected);
    }

    private static boolean[] front(List<Design> designs) {
        boolean[] front = ParetoFront.of(
                designs.stream().mapToDouble(Design::weighedUs).toArray(),
                designs.stream().mapToDouble(Design::energyNj).toArray(),
                designs.stream().mapToDouble(Design::areaMm2).toArray());
        for (int i = 0; i < front.length; i++) {
            front[i] &= designs.get(i).isPossible();
        }
        return front;
    }
}
