package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.studies.workload.EieLayers;
import org.eiesim.studies.workload.LayerShape;
import org.jspecify.annotations.Nullable;

/** Makes all tables and figures. */
public final class Reproduction {
    /** Draws of every synthetic layer; tables show their median. */
    public static final int NUM_SEEDS = 3;

    private static final List<Function<Measurements, Artefact>> ALL = List.of(
            Table2::build,
            Table3::build,
            Table4::build,
            Table5::build,
            Figure6::build,
            Figure7::build,
            Figure8::build,
            Figure9::build,
            Figure10::build,
            Figure11::build,
            Figure12::build,
            Figure13::build);

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
     * @param trained a compressed LeNet-300-100 to hold against Deep Compression's, or null
     * @param threads threads, at least 1
     * @param progress is told after every step how many are done, from any thread
     * @return the tables and figures in the papers' order
     */
    public static List<Artefact> run(
            @Nullable Dump dump, @Nullable FileStatistics trained, int threads, IntConsumer progress) {
        return run(EieLayers.TABLE_III, NUM_SEEDS, dump, trained, threads, progress);
    }

    static List<Artefact> run(
            List<LayerShape> shapes,
            int numSeeds,
            @Nullable Dump dump,
            @Nullable FileStatistics trained,
            int threads,
            IntConsumer progress) {
        Measurements measurements = Measurements.take(shapes, numSeeds, dump, threads, progress);
        List<Artefact> artefacts = new ArrayList<>();
        ALL.forEach(builder -> artefacts.add(builder.apply(measurements)));
        artefacts.add(Storage.build(trained));
        return artefacts;
    }
}
