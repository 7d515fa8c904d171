package org.eiesim.studies.quickstart;

import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.studies.simulation.SimulationResult;
import org.jspecify.annotations.Nullable;

/**
 * What a quickstart came to. Accuracies are of the test images, 0..1.
 *
 * @param denseAccuracy of the trained network
 * @param compressedAccuracy of the compressed network in float32
 * @param file what the container holds and costs
 * @param run the simulation of all test images in fixed point
 * @param energyNj energy of all images, as the run's JSON has it; null where it is not known
 */
public record QuickstartResult(
        double denseAccuracy,
        double compressedAccuracy,
        FileStatistics file,
        SimulationResult run,
        @Nullable Double energyNj) {
    /**
     * Returns the mean energy of an image.
     *
     * @return {@code energyNj / inputs}, null where it is not known
     */
    public @Nullable Double energyNjPerInput() {
        return energyNj == null ? null : energyNj / run.run().numInputs();
    }
}
