package org.eiesim.studies.simulation;

import org.eiesim.simulator.energy.Component;
import org.eiesim.simulator.energy.Cost;

/**
 * What an energy or a power consists of: the one figure that every output shows, and its parts beside it.
 *
 * @param total the sum: chip and DRAM, and leakage where it is counted
 * @param chip everything on the chip but leakage
 * @param dram transfers to and from DRAM
 * @param leakage leakage of the memories as far as it is part of the total; 0 where it is apart
 */
public record EnergyParts(double total, double chip, double dram, double leakage) {
    private static final double PJ_PER_NJ = 1e3;

    /**
     * Divides the energy of a run.
     *
     * @param cost the run's cost
     * @return nanojoules
     */
    public static EnergyParts energyNj(Cost cost) {
        double total = cost.energyPj();
        double dram = cost.energyPj(Component.DRAM);
        double leakage = cost.energyPj(Component.LEAKAGE);
        return new EnergyParts(
                total / PJ_PER_NJ, (total - dram - leakage) / PJ_PER_NJ, dram / PJ_PER_NJ, leakage / PJ_PER_NJ);
    }

    /**
     * Divides the mean power of a run over the array's cycles.
     *
     * @param cost the run's cost
     * @return milliwatts: each energy over the time on chip
     */
    public static EnergyParts powerMw(Cost cost) {
        EnergyParts energy = energyNj(cost);
        return new EnergyParts(
                cost.powerMw(energy.total * PJ_PER_NJ),
                cost.powerMw(energy.chip * PJ_PER_NJ),
                cost.powerMw(energy.dram * PJ_PER_NJ),
                cost.powerMw(energy.leakage * PJ_PER_NJ));
    }

    /**
     * Returns the cells whose leakage a run's figures are of.
     *
     * @param cost the run's cost
     * @return such as {@code itrs_hp}
     */
    public static String cells(Cost cost) {
        return cost.model().leakageCells();
    }
}
