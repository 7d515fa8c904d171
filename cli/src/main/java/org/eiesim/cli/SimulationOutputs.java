package org.eiesim.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.studies.simulation.SimulationJob;

/** Which outputs of a run go into which files. */
final class SimulationOutputs {
    private SimulationOutputs() {}

    /**
     * A file, and the part of every row of outputs that it takes.
     *
     * @param file its path
     * @param from the first output
     * @param length how many
     */
    record Target(Path file, int from, int length) {}

    /**
     * Finds the outputs that were named. A file without a name takes all of them, joined in order.
     *
     * @param given the files
     * @param job what runs
     * @throws IllegalArgumentException if there is no such output, one is named twice, or the source has no names
     */
    static List<Target> targets(List<NamedFile> given, SimulationJob job) {
        if (given.size() == 1 && given.get(0).name().isEmpty()) {
            return List.of(new Target(given.get(0).file(), 0, job.program().outputLength()));
        }
        CompressedNetwork compressed = job.network();
        if (compressed == null) {
            Map<String, Path> files = NamedFiles.ofOutputs(given, List.of("output"), job.name());
            return files.values().stream()
                    .map(file -> new Target(file, 0, job.program().outputLength()))
                    .toList();
        }
        Network network = compressed.network();
        Map<String, Path> files = NamedFiles.ofOutputs(
                given, network.outputs().stream().distinct().toList(), job.name());
        ReferenceExecutor shapes = new ReferenceExecutor(network);
        List<Target> targets = new ArrayList<>();
        int from = 0;
        for (String output : network.outputs()) {
            int length = shapes.shapeOf(output).size();
            Path file = files.remove(output);
            if (file != null) {
                targets.add(new Target(file, from, length));
            }
            from += length;
        }
        return targets;
    }
}
