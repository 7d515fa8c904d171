package org.eiesim.studies.sweep;

import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameter;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.studies.workload.Workload;

/**
 * A line of the table.
 *
 * @param point the machine
 * @param workload the workload
 * @param row what was computed
 * @param pareto whether it is on its workload's front
 */
record TableLine(SweepPoint point, Workload workload, SweepRow row, boolean pareto) {
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

    double timeUs() {
        return timeUs(config(), row);
    }

    static double timeUs(MachineConfig config, SweepRow row) {
        return row.cycles() / config.get(Parameters.CLOCK_MHZ);
    }

    double energyNj() {
        return row.totalEnergyPj() / 1e3;
    }

    /** Returns milliwatts: nanojoules per microsecond; 0 where no time passed. */
    double powerMw() {
        return row.cycles() == 0 ? 0 : energyNj() / timeUs();
    }

    double energyDelay() {
        return energyNj() * timeUs();
    }

    double utilization() {
        double peCycles = (double) config().pes() * row.cycles();
        return peCycles == 0 ? 0 : row.accumulates() / peCycles;
    }
}
