package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.energy.Component;
import org.eiesim.simulator.energy.Cost;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.stats.Statistic;
import org.eiesim.simulator.stats.Statistics;
import org.eiesim.studies.workload.WorkloadTrace;

/**
 * What one workload did on one machine: all that has to be computed of a line of the table. The arrays are owned and not
 * changed.
 *
 * @param point the machine's place in the sweep
 * @param workload the workload's place
 * @param reason why the machine cannot run it, else empty; then the rest is zero
 * @param inputs inputs run
 * @param accuracy fraction of them classified rightly, NaN where labels are not known
 * @param ratios values of {@link Statistics#RATIOS} for all layers together
 * @param layers what each layer did; counts, energy and time of the line are their sums
 * @param areaMm2 the machine's area
 * @param leakageMw the leakage of its memories
 * @param extrapolated whether an energy had to be taken from outside its table
 */
record SweepRow(
        int point,
        int workload,
        String reason,
        int inputs,
        double accuracy,
        double[] ratios,
        List<Layer> layers,
        double areaMm2,
        double leakageMw,
        boolean extrapolated) {
    SweepRow {
        layers = List.copyOf(layers);
    }

    /**
     * What one layer did over all inputs.
     *
     * @param name its name
     * @param statistics values of {@link Statistics#ALL}
     * @param ratios values of {@link Statistics#RATIOS}
     * @param energyPj picojoules of {@link #ENERGY_COMPONENTS}
     * @param streamedUs microseconds with the weights streamed that do not stay on chip
     */
    record Layer(String name, long[] statistics, double[] ratios, double[] energyPj, double streamedUs) {
        static Layer of(String name, EventRecord events, Cost cost, double streamedUs) {
            long[] statistics = new long[NUM_STATISTICS];
            for (int i = 0; i < statistics.length; i++) {
                statistics[i] = Statistics.ALL.get(i).of(events);
            }
            Map<Component, Double> energies = cost.energyPjByComponent();
            double[] energyPj = new double[ENERGY_COMPONENTS.size()];
            for (int i = 0; i < energyPj.length; i++) {
                energyPj[i] = energies.getOrDefault(ENERGY_COMPONENTS.get(i), 0.0);
            }
            return new Layer(name, statistics, ratiosOf(events), energyPj, streamedUs);
        }

        long cycles() {
            return statistics[CYCLES];
        }

        double totalEnergyPj() {
            return Arrays.stream(energyPj).sum();
        }
    }

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
            Component.DRAM,
            Component.LEAKAGE);

    private static final int CYCLES = index("cycles");

    /** As many characters as fit a record of the journal, however they are encoded. */
    private static final int MAX_REASON_LENGTH = 1000;

    static final int NUM_STATISTICS = Statistics.ALL.size();

    static final int NUM_RATIOS = Statistics.RATIOS.size();

    /** What does not depend on the workload: prices, area and leakage of a machine. */
    record Machine(EnergyModel model, double areaMm2, double leakageMw, boolean extrapolated) {
        static Machine of(MachineConfig config) {
            EnergyModel model = EnergyModel.of(config);
            return new Machine(
                    model,
                    model.area().mm2(),
                    model.leakagePowerMw(),
                    model.actions().stream()
                            .anyMatch(action -> action.energyPj().extrapolated()));
        }
    }

    /**
     * Prices a workload.
     *
     * @param trace the workload, laid out for the machine
     * @param events the events of each of its layers
     * @param streamedUs the time of each of its layers with transfers
     */
    static SweepRow of(
            int point,
            int workload,
            WorkloadTrace trace,
            List<EventRecord> events,
            double[] streamedUs,
            Machine machine) {
        EventRecord all = new EventRecord(machine.model().config().pes());
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < streamedUs.length; i++) {
            EventRecord ofLayer = events.get(i);
            all.add(ofLayer);
            Cost cost = machine.model().price(ofLayer, trace.transfersByLayer().get(i), streamedUs[i]);
            layers.add(Layer.of(trace.layerNames().get(i), ofLayer, cost, streamedUs[i]));
        }
        return new SweepRow(
                point,
                workload,
                "",
                trace.numInputs(),
                trace.accuracy(),
                ratiosOf(all),
                layers,
                machine.areaMm2(),
                machine.leakageMw(),
                machine.extrapolated());
    }

    private static double[] ratiosOf(EventRecord events) {
        return Statistics.RATIOS.stream().mapToDouble(ratio -> ratio.of(events)).toArray();
    }

    static SweepRow impossible(int point, int workload, String reason) {
        String kept = reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason;
        return new SweepRow(point, workload, kept, 0, Double.NaN, new double[NUM_RATIOS], List.of(), 0, 0, false);
    }

    boolean isPossible() {
        return reason.isEmpty();
    }

    /** Returns a statistic of all layers. */
    long statistic(int index) {
        return layers.stream().mapToLong(layer -> layer.statistics()[index]).sum();
    }

    long cycles() {
        return statistic(CYCLES);
    }

    /** Returns the microseconds of all layers with transfers. */
    double streamedUs() {
        return layers.stream().mapToDouble(Layer::streamedUs).sum();
    }

    /** Returns the picojoules of one of {@link #ENERGY_COMPONENTS} in all layers. */
    double energyPj(int component) {
        return layers.stream().mapToDouble(layer -> layer.energyPj()[component]).sum();
    }

    private static int index(String name) {
        List<String> names = Statistics.ALL.stream().map(Statistic::name).toList();
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalStateException("there is no statistic " + name);
        }
        return index;
    }

    /** Returns the energy of all layers and components. */
    double totalEnergyPj() {
        return layers.stream().mapToDouble(Layer::totalEnergyPj).sum();
    }
}
