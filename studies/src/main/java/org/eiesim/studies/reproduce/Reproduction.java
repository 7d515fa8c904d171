package org.eiesim.studies.reproduce;

import java.util.List;
import java.util.function.IntConsumer;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.studies.workload.EieLayers;
import org.eiesim.studies.workload.LayerShape;
import org.jspecify.annotations.Nullable;

/** Makes all tables and figures. */
public final class Reproduction {
    /** Draws of every synthetic layer; tables show their median. */
    public static final int NUM_SEEDS = 3;

    private Reproduction() {}

    /**
     * Tells how many steps {@link #run} reports.
     *
     * @param dump the data of AlexNet FC8, if there is any
     * @return steps
     */
    public static int numSteps(@Nullable Dump dump) {
        return Measurements.numSteps(EieLayers.TABLE_III, NUM_SEEDS, dump != null);
    }

    /**
     * Runs the nine layers and FC8 on all machines and builds the tables and figures. The result depends on the arguments
     * only, not on the number of threads.
     *
     * @param dump the data of AlexNet FC8 the EIE authors published, or null to draw a layer of its densities
     * @param trained a network compressed here, to be held against the papers', or null
     * @param threads threads, at least 1
     * @param progress is told after every step how many are done, from any thread
     * @return the tables and figures in the papers' order
     */
    public static List<Artefact> run(
            @Nullable Dump dump, @Nullable TrainedNetwork trained, int threads, IntConsumer progress) {
        return run(EieLayers.TABLE_III, NUM_SEEDS, dump, trained, threads, progress);
    }

    static List<Artefact> run(
            List<LayerShape> shapes,
            int numSeeds,
            @Nullable Dump dump,
            @Nullable TrainedNetwork trained,
            int threads,
            IntConsumer progress) {
        Measurements measurements = Measurements.take(shapes, numSeeds, dump, threads, progress);
        return List.of(
                Table2.build(measurements),
                Table3.build(measurements),
                Table4.build(measurements),
                Table5.build(measurements),
                Figure6.build(measurements),
                Figure7.build(measurements),
                Figure8.build(measurements),
                Figure9.build(measurements),
                Figure10.build(measurements, trained),
                Figure11.build(measurements),
                Figure12.build(measurements),
                Figure13.build(measurements),
                Storage.build(trained));
    }
}
