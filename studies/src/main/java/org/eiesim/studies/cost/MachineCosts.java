package org.eiesim.studies.cost;

import org.eiesim.compiler.compress.CostModel;
import org.eiesim.compiler.compress.CostModels;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.studies.workload.WorkloadTrace;

/** The cost models of one machine, for searches of the compiler: what the simulator counts. */
public final class MachineCosts implements CostModels {
    private final MachineConfig config;
    private final EnergyModel energy;

    /**
     * Takes a machine.
     *
     * @param config the machine candidates are to run on
     */
    public MachineCosts(MachineConfig config) {
        this.config = config;
        energy = EnergyModel.of(config);
    }

    @Override
    public CostModel sampled(Measure measure, float[] inputs, int numInputs) {
        return new SampledCost(this, measure, inputs, numInputs);
    }

    @Override
    public CostModel expected(Measure measure, double liveDensity, long seed) {
        return new ExpectedCost(this, measure, liveDensity, seed);
    }

    MachineConfig config() {
        return config;
    }

    /** Returns what a run costs in all. */
    double total(Measure measure, WorkloadTrace trace) {
        var events = trace.events(config);
        return measure == Measure.CYCLES
                ? events.cycles
                : energy.price(events, trace.transfers()).energyPj();
    }

    static String unit(Measure measure) {
        return measure == Measure.CYCLES ? "cycles" : "pJ";
    }
}
