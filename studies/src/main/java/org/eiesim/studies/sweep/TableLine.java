package org.eiesim.studies.sweep;

import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.energy.CriticalPath;
import org.eiesim.studies.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table.
 *
 * @param point the machine
 * @param workload the workload
 * @param row what was computed
 * @param path what sets the machine's highest clock; null where there is no machine
 * @param pareto whether it is on its workload's front
 */
record TableLine(
        SweepPoint point,
        Workload workload,
        SweepRow row,
        @Nullable CriticalPath path,
        boolean pareto) {
    private MachineConfig config() {
        MachineConfig config = point.config();
        if (config == null) {
            throw new IllegalStateException("point " + point.index() + " is no machine");
        }
        return config;
    }

    /** Returns a parameter's value as the workload ran with it. */
    String text(Parameter<?> parameter) {
        String fixed = workload.fixedSettings().get(parameter.key());
        return fixed == null ? point.text(parameter) : fixed;
    }

    /** Returns why the machine cannot keep its clock, or null if it can. */
    @Nullable
    String infeasible() {
        return path == null ? null : path.infeasible();
    }

    /** Returns the time of cycles on this machine. */
    double microseconds(long cycles) {
        return config().microseconds(cycles);
    }

    double timeUs() {
        return microseconds(row.cycles());
    }

    double energyNj() {
        return row.totalEnergyPj() / 1e3;
    }

    /** Returns milliwatts: nanojoules per microsecond on chip; 0 where no time passed. */
    double powerMw() {
        return row.cycles() == 0 ? 0 : energyNj() / timeUs();
    }

    double energyDelay() {
        return energyNj() * row.streamedUs();
    }

    /** Returns a total over the inputs, for one of them. */
    double perInput(double total) {
        return total / Math.max(1, row.inputs());
    }
}
