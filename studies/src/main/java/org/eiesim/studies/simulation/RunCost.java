package org.eiesim.studies.simulation;

import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.energy.Cost;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.ProgramRun;
import org.eiesim.simulator.machine.TransferCounts;

/**
 * What a simulation cost. Host operations are not part of it; leakage is where the machine has {@code leakage:
 * included}.
 *
 * @param model the machine's prices
 * @param layers the cost of each layer over all inputs, with its transfers
 * @param total the sum over the layers
 * @param setup what was moved once before the first input; not part of the total
 */
public record RunCost(EnergyModel model, List<Cost> layers, Cost total, Cost setup) {
    /** Copies the list. */
    public RunCost {
        layers = List.copyOf(layers);
    }

    static RunCost of(MachineConfig config, ProgramRun run) {
        EnergyModel model = EnergyModel.of(config);
        List<Cost> layers = run.layers().stream()
                .map(layer -> model.price(layer.events(), layer.transfers(), layer.streamedMicroseconds()))
                .toList();
        EventRecord nothing = new EventRecord(config.pes());
        Cost total = layers.stream().reduce(model.price(nothing, TransferCounts.NONE), Cost::plus);
        return new RunCost(model, layers, total, model.price(nothing, run.setupTransfers()));
    }

    /**
     * Returns the energy of all layers over all inputs.
     *
     * @return nanojoules with their parts, setup not counted
     */
    public EnergyParts energyNj() {
        return EnergyParts.energyNj(total);
    }

    /**
     * Returns the mean power over the array's cycles.
     *
     * @return milliwatts with their parts
     */
    public EnergyParts powerMw() {
        return EnergyParts.powerMw(total);
    }
}
