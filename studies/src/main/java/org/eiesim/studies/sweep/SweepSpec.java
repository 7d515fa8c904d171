package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.studies.workload.Workload;

/**
 * What a sweep is to do.
 *
 * @param base the machine whose values hold where no axis says otherwise
 * @param baseName how the specification calls it
 * @param seed the seed of sample and synthetic layers
 * @param sample which combinations
 * @param axes what varies
 * @param workloads what runs on each machine, with different names
 * @param frontTime which time fronts weigh
 */
record SweepSpec(
        MachineConfig base,
        String baseName,
        long seed,
        Sample sample,
        List<Axis> axes,
        List<Workload> workloads,
        FrontTime frontTime) {
    SweepSpec {
        axes = List.copyOf(axes);
        workloads = List.copyOf(workloads);
    }

    /** Makes the machines, in the table's order. */
    List<SweepPoint> points() {
        List<SweepPoint> points = new ArrayList<>();
        for (List<String> values : sample.draw(axes, seed)) {
            Map<String, String> settings = new HashMap<>();
            for (int i = 0; i < axes.size(); i++) {
                settings.put(axes.get(i).parameter().key(), values.get(i));
            }
            points.add(SweepPoint.of(points.size(), base, settings));
        }
        return points;
    }
}
