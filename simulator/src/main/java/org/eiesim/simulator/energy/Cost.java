package org.eiesim.simulator.energy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run cost: how often each action of a model happened, and what that comes to. Leakage is counted where the machine
 * says so. Immutable.
 */
public final class Cost {
    private final EnergyModel model;
    private final long[] counts;
    private final long cycles;
    private final double streamedUs;

    Cost(EnergyModel model, long[] counts, long cycles, double streamedUs) {
        this.model = model;
        this.counts = counts;
        this.cycles = cycles;
        this.streamedUs = streamedUs;
    }

    /**
     * Returns the model it was priced by.
     *
     * @return the model
     */
    public EnergyModel model() {
        return model;
    }

    /**
     * Returns how often an action happened.
     *
     * @param index its place in {@link EnergyModel#actions()}
     * @return the count
     */
    public long count(int index) {
        return counts[index];
    }

    /**
     * Returns the cycles the run took.
     *
     * @return cycles
     */
    public long cycles() {
        return cycles;
    }

    /**
     * Returns the energy of a component.
     *
     * @param component a component
     * @return picojoules, the sum over its actions of count times energy
     */
    public double energyPj(Component component) {
        double sum = 0;
        List<Action> actions = model.actions();
        for (int i = 0; i < counts.length; i++) {
            if (actions.get(i).component() == component) {
                sum += counts[i] * actions.get(i).energyPj().value();
            }
        }
        return component == Component.LEAKAGE ? countedLeakagePj() : sum;
    }

    /**
     * Returns what the memories leaked in the time the run took with transfers, whether counted or not.
     *
     * @return picojoules: leakage power times time
     */
    public double leakagePj() {
        // A milliwatt for a microsecond is a nanojoule.
        return model.leakagePowerMw() * streamedUs * 1e3;
    }

    private double countedLeakagePj() {
        return model.isLeakageIncluded() ? leakagePj() : 0;
    }

    /**
     * Returns the energy of all components.
     *
     * @return picojoules; leakage is part of it where the machine has {@code leakage: included}
     */
    public double energyPj() {
        double sum = countedLeakagePj();
        List<Action> actions = model.actions();
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * actions.get(i).energyPj().value();
        }
        return sum;
    }

    /**
     * Returns the energy of every component that can cost any.
     *
     * @return picojoules by component, in their order; a new map
     */
    public Map<Component, Double> energyPjByComponent() {
        Map<Component, Double> energies = new EnumMap<>(Component.class);
        List<Action> actions = model.actions();
        for (int i = 0; i < counts.length; i++) {
            energies.merge(
                    actions.get(i).component(),
                    counts[i] * actions.get(i).energyPj().value(),
                    Double::sum);
        }
        if (model.isLeakageIncluded()) {
            energies.put(Component.LEAKAGE, leakagePj());
        }
        return energies;
    }

    /**
     * Turns an energy of this run into power over its cycles.
     *
     * @param energyPj picojoules
     * @return milliwatts: {@code energy / cycles * clock}; 0 if there are no cycles
     */
    public double powerMw(double energyPj) {
        return cycles == 0 ? 0 : energyPj / cycles * model.clockMhz() * 1e-3;
    }

    /**
     * Adds another run's cost.
     *
     * @param other a cost by the same model
     * @return the sums
     * @throws IllegalArgumentException if it is of another model
     */
    public Cost plus(Cost other) {
        if (other.model != model) {
            throw new IllegalArgumentException("costs of two models");
        }
        long[] sums = Arrays.copyOf(counts, counts.length);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.counts[i];
        }
        return new Cost(model, sums, cycles + other.cycles, streamedUs + other.streamedUs);
    }
}
