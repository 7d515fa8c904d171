package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.studies.workload.Workload;

/**
 * The fronts of a sweep: of every workload, and of all together, whose time and energy are the sums over the workloads.
 * Time, energy and area are weighed, each the smaller the better; {@link ParetoFront} says what dominates.
 */
final class SweepFronts {
    /** What tables call all workloads together. */
    static final String ALL_WORKLOADS = "(all)";

    private final List<SweepPoint> points;
    private final List<Workload> workloads;
    private final List<SweepRow> rows;
    private final List<boolean[]> ofWorkloads = new ArrayList<>();

    /** Takes all lines, by point and then by workload. */
    SweepFronts(List<SweepPoint> points, List<Workload> workloads, List<SweepRow> rows) {
        this.points = points;
        this.workloads = workloads;
        this.rows = rows;
        for (int w = 0; w < workloads.size(); w++) {
            int workload = w;
            ofWorkloads.add(front(points.stream()
                    .map(point -> Design.of(point, List.of(row(point.index(), workload))))
                    .toList()));
        }
    }

    private SweepRow row(int point, int workload) {
        return rows.get(point * workloads.size() + workload);
    }

    /** Returns all lines of the table. */
    List<TableLine> lines() {
        List<TableLine> lines = new ArrayList<>(rows.size());
        for (SweepRow row : rows) {
            lines.add(new TableLine(
                    points.get(row.point()),
                    workloads.get(row.workload()),
                    row,
                    ofWorkloads.get(row.workload())[row.point()]));
        }
        return lines;
    }

    /** One machine with what it takes for some workloads; infinite where it cannot run one of them. */
    record Design(SweepPoint point, double timeUs, double energyNj, double areaMm2) {
        static Design of(SweepPoint point, List<SweepRow> rows) {
            double timeUs = 0;
            double energyNj = 0;
            double areaMm2 = 0;
            MachineConfig config = point.config();
            for (SweepRow row : rows) {
                if (config == null || !row.isPossible()) {
                    double never = Double.POSITIVE_INFINITY;
                    return new Design(point, never, never, never);
                }
                timeUs += TableLine.timeUs(config, row);
                energyNj += row.totalEnergyPj() / 1e3;
                areaMm2 = row.areaMm2();
            }
            return new Design(point, timeUs, energyNj, areaMm2);
        }

        boolean isPossible() {
            return timeUs < Double.POSITIVE_INFINITY;
        }

        double energyDelay() {
            return timeUs * energyNj;
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
                            .map(point -> Design.of(point, List.of(row(point.index(), workload))))
                            .toList()));
        }
        if (workloads.size() > 1) {
            fronts.add(select(
                    ALL_WORKLOADS,
                    points.stream()
                            .map(point -> Design.of(
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
                designs.stream().mapToDouble(Design::timeUs).toArray(),
                designs.stream().mapToDouble(Design::energyNj).toArray(),
                designs.stream().mapToDouble(Design::areaMm2).toArray());
        for (int i = 0; i < front.length; i++) {
            front[i] &= designs.get(i).isPossible();
        }
        return front;
    }
}
