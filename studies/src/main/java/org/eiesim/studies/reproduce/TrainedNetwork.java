package org.eiesim.studies.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.container.EieInspector;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.data.Datasets;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.studies.simulation.EngineKind;
import org.eiesim.studies.simulation.Inputs;
import org.eiesim.studies.simulation.Simulation;
import org.eiesim.studies.simulation.SimulationJob;

/**
 * A network compressed here: what it takes to store it, and how well it does in arithmetic of several precisions.
 *
 * @param name the network's name
 * @param file what its file holds and costs
 * @param dataset the data it was tried on
 * @param accuracies by precision, the widest first
 */
public record TrainedNetwork(String name, FileStatistics file, String dataset, List<Accuracy> accuracies) {
    private static final int[] FIXED_POINT_BITS = {16, 8, 6};

    /**
     * How well it does.
     *
     * @param arithmetic the precision
     * @param fraction inputs of the test set classified rightly, 0..1
     */
    public record Accuracy(String arithmetic, double fraction) {}

    /** Copies the list. */
    public TrainedNetwork {
        accuracies = List.copyOf(accuracies);
    }

    /**
     * Reads a compressed network and runs it over a test set in float32 and in fixed point of 16, 8 and 6 bits, weights
     * and activations alike; accumulators have 32 bits.
     *
     * @param path an .eie file
     * @param dataset a name or folder of a dataset that fits the network
     * @param threads threads, at least 1
     * @return what was found
     * @throws org.eiesim.kernels.bits.FormatException if the file is damaged
     * @throws IOException if reading fails
     * @throws IllegalArgumentException if network and dataset do not fit
     */
    public static TrainedNetwork read(Path path, String dataset, int threads) throws IOException {
        FileStatistics file = EieInspector.inspect(path);
        CompressedNetwork network = EieReader.read(path);
        DatasetPair data = Datasets.open(dataset);
        MachineConfig base = Presets.load(Presets.EIE_ISCA16).with(Parameters.ACCUMULATOR_BITS, 32);
        List<Accuracy> accuracies = new ArrayList<>();
        accuracies.add(new Accuracy("32-bit float", accuracy(network, data, base, Numeric.FLOAT32, threads)));
        for (int bits : FIXED_POINT_BITS) {
            MachineConfig narrow = base.with(Parameters.ACTIVATION_BITS, bits).with(Parameters.WEIGHT_VALUE_BITS, bits);
            accuracies.add(
                    new Accuracy(bits + "-bit fixed", accuracy(network, data, narrow, Numeric.FIXED_POINT, threads)));
        }
        return new TrainedNetwork(network.network().name(), file, dataset, accuracies);
    }

    private static double accuracy(
            CompressedNetwork network, DatasetPair data, MachineConfig config, Numeric numeric, int threads)
            throws IOException {
        SimulationJob job = SimulationJob.ofNetwork(network, config);
        Inputs inputs = Inputs.ofDataset(data, job.program().inputLength());
        return new Simulation(EngineKind.EXACT, numeric, threads, false)
                .run(job, inputs, done -> {})
                .accuracy();
    }
}
