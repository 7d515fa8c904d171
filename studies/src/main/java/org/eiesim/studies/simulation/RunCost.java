package org.eiesim.studies.simulation;

import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.energy.Component;
import org.eiesim.simulator.energy.Cost;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.ProgramRun;
import org.eiesim.simulator.machine.TransferCounts;

/**
 * What a simulation cost. Host operations and leakage are not part of it.
 *
 * @param model the machine's prices
 * @param layers the cost of each layer over all inputs, with its transfers
 * @param total the sum over the layers
 * @param setup what was moved once before the first input; not part of the total
 */
public record RunCost(EnergyModel model, List<Cost> layers, Cost total, Cost setup) {
    private static final double PJ_PER_NJ = 1e3;

    /** Copies the list. */
    public RunCost {
        layers = List.copyOf(layers);
    }

    static RunCost of(MachineConfig config, ProgramRun run) {
        EnergyModel model = EnergyModel.of(config);
        List<Cost> layers = run.layers().stream()
                .map(layer -> model.price(layer.events(), layer.transfers()))
                .toList();
        EventRecord nothing = new EventRecord(config.pes());
        Cost total = layers.stream().reduce(model.price(nothing, TransferCounts.NONE), Cost::plus);
        return new RunCost(model, layers, total, model.price(nothing, run.setupTransfers()));
    }

    /**
     * Returns the energy of all layers over all inputs.
     *
     * @return nanojoules, setup and leakage not counted
     */
    public double energyNj() {
        return total.energyPj() / PJ_PER_NJ;
    }

    /**
     * Returns the mean power over the array's cycles.
     *
     * @return milliwatts, leakage not counted
     */
    public double powerMw() {
        return total.powerMw(total.energyPj());
    }

    /**
     * Returns the energy spent on the chip.
     *
     * @return nanojoules: {@link #energyNj} without that of DRAM
     */
    public double chipEnergyNj() {
        return energyNj() - total.energyPj(Component.DRAM) / PJ_PER_NJ;
    }

    /**
     * Returns the mean power of the chip over the array's cycles.
     *
     * @return milliwatts: {@link #powerMw} without that of DRAM
     */
    public double chipPowerMw() {
        return total.powerMw(chipEnergyNj() * PJ_PER_NJ);
    }
}
