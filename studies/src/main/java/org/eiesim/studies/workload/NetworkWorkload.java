package org.eiesim.studies.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.config.Concern;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.machine.Calibration;
import org.eiesim.simulator.machine.LayerRun;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.simulator.machine.ProgramMachine;
import org.eiesim.simulator.machine.ProgramRun;
import org.eiesim.studies.simulation.Inputs;
import org.eiesim.studies.simulation.SimulationJob;
import org.eiesim.studies.workload.WorkloadTrace.LayerTrace;
import org.jspecify.annotations.Nullable;

/**
 * A compressed network and inputs for it. For every machine it is lowered anew and run once with its outputs, so that
 * the live inputs of every product are the network's own; machines that differ in timing or cost only share that run.
 */
public final class NetworkWorkload implements Workload {
    /** Without effect where numbers are float32. */
    private static final Set<Parameter<?>> FIXED_POINT_ONLY = Set.of(
            Parameters.ACTIVATION_BITS,
            Parameters.WEIGHT_VALUE_BITS,
            Parameters.ACCUMULATOR_BITS,
            Parameters.ROUNDING,
            Parameters.CALIBRATION,
            Parameters.CALIBRATION_PERCENTILE);

    private final String name;
    private final String identity;
    private final CompressedNetwork network;
    private final float[] inputs;
    private final int numInputs;
    private final int @Nullable [] labels;
    private final Numeric numeric;

    /**
     * Makes a workload whose inputs' classes are not known.
     *
     * @param name what tables call it
     * @param identity a text that changes with network and inputs
     * @param network the network
     * @param inputs {@code [numInputs][values]} finite values; owned, not copied
     * @param numInputs how many, &ge; 1
     * @param numeric the numbers to compute in; fixed-point formats are calibrated on the inputs
     */
    public NetworkWorkload(
            String name, String identity, CompressedNetwork network, float[] inputs, int numInputs, Numeric numeric) {
        this(name, identity, network, inputs, numInputs, null, numeric);
    }

    /**
     * Makes a workload.
     *
     * @param name what tables call it
     * @param identity a text that changes with network and inputs
     * @param network the network
     * @param inputs {@code [numInputs][values]} finite values; owned, not copied
     * @param numInputs how many, &ge; 1
     * @param labels the class of each input, or null where it is not known; owned, not copied
     * @param numeric the numbers to compute in; fixed-point formats are calibrated on the inputs
     */
    public NetworkWorkload(
            String name,
            String identity,
            CompressedNetwork network,
            float[] inputs,
            int numInputs,
            int @Nullable [] labels,
            Numeric numeric) {
        if (numInputs < 1) {
            throw new IllegalArgumentException("workload " + name + " needs at least 1 input, not " + numInputs);
        }
        this.name = name;
        this.identity = identity;
        this.network = network;
        this.inputs = inputs;
        this.numInputs = numInputs;
        this.labels = labels;
        this.numeric = numeric;
    }

    /**
     * Opens a compressed network.
     *
     * @param name what tables call it
     * @param file an .eie file
     * @param inputs reads the inputs, told how many values one has
     * @param numeric the numbers to compute in
     * @return the workload
     * @throws IOException if a file cannot be read, and {@link FormatException} if one is not right
     */
    public static NetworkWorkload open(String name, Path file, InputSource inputs, Numeric numeric) throws IOException {
        CompressedNetwork network = EieReader.read(file);
        int numValues = network.network().inputs().stream()
                .mapToInt(input -> input.shape().size())
                .sum();
        Samples samples = inputs.read(numValues);
        float[][] read = samples.values();
        int[] labels = samples.labels();
        float[] all = new float[Math.multiplyExact(read.length, numValues)];
        for (int i = 0; i < read.length; i++) {
            System.arraycopy(read[i], 0, all, i * numValues, numValues);
        }
        String identity = "network " + Digest.of(Files.readAllBytes(file), all) + " " + numeric
                + (labels == null ? "" : " labels " + Arrays.hashCode(labels));
        return new NetworkWorkload(name, identity, network, all, read.length, labels, numeric);
    }

    /**
     * Inputs of a network.
     *
     * @param values at least one input; owned, not copied
     * @param labels the class of each, or null where it is not known; owned, not copied
     */
    public record Samples(float[][] values, int @Nullable [] labels) {}

    /** Reads the inputs of a network. */
    @FunctionalInterface
    public interface InputSource {
        /**
         * Reads inputs.
         *
         * @param numValues values of one input
         * @return the inputs, at least one, each of {@code numValues} values
         * @throws IOException if they cannot be read or do not fit
         */
        Samples read(int numValues) throws IOException;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public List<Parameter<?>> traceParameters() {
        List<Parameter<?>> parameters = new ArrayList<>();
        for (Parameter<?> parameter : Parameters.ALL) {
            boolean ofTheRun = parameter.reach() == Concern.LOWERING || parameter.reach() == Concern.NUMBERS;
            if (ofTheRun && (numeric == Numeric.FIXED_POINT || !FIXED_POINT_ONLY.contains(parameter))) {
                parameters.add(parameter);
            }
        }
        return parameters;
    }

    @Override
    public void requireRunnable(MachineConfig config) {
        // Lowering finds out.
    }

    @Override
    public WorkloadTrace trace(MachineConfig config) {
        Program program;
        try {
            // As simulate does it: with the rows where the machine's placement puts them.
            Inputs samples = new Inputs(inputs, numInputs, null, inputs, numInputs, "the workload's inputs", List.of());
            program = SimulationJob.ofNetwork(network, config)
                    .placedFor(samples, 1)
                    .program();
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (numeric == Numeric.FIXED_POINT) {
            program = Calibration.calibrate(program, config, inputs, numInputs, 1, done -> {});
        }
        TracingEngine engine = new TracingEngine(WorkloadTrace.productPlaces(program));
        ProgramRun run = new ProgramMachine(program, config, engine, numeric).run(inputs, numInputs);
        return new WorkloadTrace(
                config.pes(), numInputs, layers(program, run, engine.products()), run.accuracy(labels), program);
    }

    private static List<LayerTrace> layers(Program program, ProgramRun run, List<ProductTrace> products) {
        List<List<ProductTrace>> byLayer = new ArrayList<>();
        run.layers().forEach(layer -> byLayer.add(new ArrayList<>()));
        for (ProductTrace product : products) {
            int image = program.body().get(product.place()).getInt(Field.IMAGE);
            byLayer.get(program.images().get(image).layer()).add(product);
        }
        List<LayerTrace> layers = new ArrayList<>();
        for (int i = 0; i < byLayer.size(); i++) {
            LayerRun layer = run.layers().get(i);
            layers.add(new LayerTrace(
                    layer.layer().name(), byLayer.get(i), layer.transfers(), layer.events().saturations));
        }
        return layers;
    }
}
