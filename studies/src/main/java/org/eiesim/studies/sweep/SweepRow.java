package org.eiesim.studies.sweep;

import java.util.List;
import java.util.Map;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.energy.Component;
import org.eiesim.simulator.energy.Cost;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.stats.Statistic;
import org.eiesim.simulator.stats.Statistics;

/**
 * What one workload did on one machine: all that has to be computed of a line of the table. The arrays are owned and not
 * changed.
 *
 * @param point the machine's place in the sweep
 * @param workload the workload's place
 * @param reason why the machine cannot run it, else empty; then the rest is zero
 * @param statistics values of {@link Statistics#ALL}
 * @param energyPj picojoules of {@link #ENERGY_COMPONENTS}
 * @param areaMm2 the machine's area
 * @param leakageMw the leakage of its memories
 * @param extrapolated whether an energy had to be taken from outside its table
 */
record SweepRow(
        int point,
        int workload,
        String reason,
        long[] statistics,
        double[] energyPj,
        double areaMm2,
        double leakageMw,
        boolean extrapolated) {
    /** What energy is spent in, in the order of the columns. */
    static final List<Component> ENERGY_COMPONENTS = List.of(
            Component.ACT_QUEUE,
            Component.PTR_READ,
            Component.SPMAT_READ,
            Component.ARITHM_UNIT,
            Component.ACT_RW,
            Component.LNZD,
            Component.CLOCK,
            Component.BROADCAST,
            Component.DRAM);

    private static final int CYCLES = index("cycles");
    private static final int ACCUMULATES = index("accumulates");

    /** As many characters as fit a record of the journal, however they are encoded. */
    private static final int MAX_REASON_LENGTH = 1000;

    static final int NUM_STATISTICS = Statistics.ALL.size();

    /** What does not depend on the workload: prices, area and leakage of a machine. */
    record Machine(EnergyModel model, double areaMm2, double leakageMw, boolean extrapolated) {
        static Machine of(MachineConfig config) {
            EnergyModel model = EnergyModel.of(config);
            return new Machine(
                    model,
                    model.area().mm2(),
                    model.leakageMw().getOrDefault(config.get(Parameters.SRAM_CELLS), 0.0),
                    model.actions().stream()
                            .anyMatch(action -> action.energyPj().extrapolated()));
        }
    }

    static SweepRow of(int point, int workload, EventRecord events, Cost cost, Machine machine) {
        long[] statistics = new long[NUM_STATISTICS];
        for (int i = 0; i < statistics.length; i++) {
            Statistic statistic = Statistics.ALL.get(i);
            statistics[i] = statistic.of(events);
        }
        Map<Component, Double> energies = cost.energyPjByComponent();
        double[] energyPj = new double[ENERGY_COMPONENTS.size()];
        for (int i = 0; i < energyPj.length; i++) {
            energyPj[i] = energies.getOrDefault(ENERGY_COMPONENTS.get(i), 0.0);
        }
        return new SweepRow(
                point,
                workload,
                "",
                statistics,
                energyPj,
                machine.areaMm2(),
                machine.leakageMw(),
                machine.extrapolated());
    }

    static SweepRow impossible(int point, int workload, String reason) {
        String kept = reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason;
        return new SweepRow(
                point, workload, kept, new long[NUM_STATISTICS], new double[ENERGY_COMPONENTS.size()], 0, 0, false);
    }

    boolean isPossible() {
        return reason.isEmpty();
    }

    long cycles() {
        return statistics[CYCLES];
    }

    long accumulates() {
        return statistics[ACCUMULATES];
    }

    private static int index(String name) {
        List<String> names = Statistics.ALL.stream().map(Statistic::name).toList();
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalStateException("there is no statistic " + name);
        }
        return index;
    }

    /** Returns the energy of all components. */
    double totalEnergyPj() {
        double sum = 0;
        for (double energy : energyPj) {
            sum += energy;
        }
        return sum;
    }
}
