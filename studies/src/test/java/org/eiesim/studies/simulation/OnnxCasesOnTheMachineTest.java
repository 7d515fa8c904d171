package org.eiesim.studies.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.SharedWeightImport;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.container.EieWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Signature;
import org.eiesim.models.onnx.OnnxReader;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.studies.networks.NetworkDifference;
import org.junit.jupiter.api.Test;

/** Every accepted small ONNX file keeps what it is in a container, and the machine computes what it means in float32. */
class OnnxCasesOnTheMachineTest {
    private static final Path CASES = Path.of("../models/src/test/resources/org/eiesim/models/onnx/cases");
    private static final int INTEGERS = 10;

    @Test
    void containerAndMachineKeepWhatTheFileMeans() throws IOException {
        List<String> wrong = new ArrayList<>();
        int accepted = 0;
        List<Path> files;
        try (Stream<Path> listed = Files.list(CASES)) {
            files = listed.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Network network;
            try {
                network = OnnxReader.read(file);
            } catch (FormatException e) {
                continue;
            }
            accepted++;
            try {
                String difference = difference(network);
                if (!difference.isEmpty()) {
                    wrong.add(file.getFileName() + ": " + difference);
                }
            } catch (IOException | RuntimeException e) {
                if (!isNothingToRun(e)) {
                    wrong.add(file.getFileName() + ": " + e);
                }
            }
        }
        wrong.forEach(System.out::println);
        assertThat(accepted).isGreaterThan(200);
        assertThat(wrong).isEmpty();
    }

    /** A program has outputs of different names, and computes them. */
    private static boolean isNothingToRun(Exception e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof FormatException
                && (message.contains("there is nothing to run") || message.startsWith("outputs: two are named"));
    }

    private static String difference(Network network) throws IOException {
        CompressedNetwork compressed = SharedWeightImport.of(network, "test");
        CompressedNetwork read =
                EieReader.fromBytes(EieWriter.toBytes(compressed), EieReader.defaultMemoryLimitBytes());
        if (!NetworkDifference.of(network, List.of(), read.network(), read.layers())
                        .isEmpty()
                || !Objects.equals(network.signature(), read.network().signature())) {
            return "the container changes the network";
        }
        Map<String, float[]> feeds = inputs(network);
        ReferenceExecutor executor = new ReferenceExecutor(network);
        Map<String, float[]> values;
        try {
            values = executor.runAll(feeds);
        } catch (IllegalArgumentException e) {
            return ""; // An index that is not in a table.
        }
        List<float[][]> columns = new ArrayList<>();
        network.inputs().forEach(input -> columns.add(new float[][] {feeds.get(input.name())}));
        SimulationJob job =
                SimulationJob.ofNetwork(read, Presets.load(Presets.EIE_ISCA16).with(Parameters.WEIGHT_BITS, 8));
        float[] actual = new Simulation(EngineKind.EXACT, Numeric.FLOAT32, 1, false)
                .run(job, Inputs.ofValues(new InputTable(columns).joined(), 1, "random", List.of()), done -> {})
                .run()
                .outputs();
        List<Float> expected = new ArrayList<>();
        for (String output : network.outputs()) {
            for (float value : values.getOrDefault(output, new float[0])) {
                expected.add(value + 0f);
            }
        }
        if (actual.length != expected.size()) {
            return actual.length + " outputs, not " + expected.size();
        }
        for (int i = 0; i < actual.length; i++) {
            if (Float.compare(actual[i] + 0f, expected.get(i)) != 0) {
                return "output " + i + " is " + actual[i] + ", not " + expected.get(i);
            }
        }
        return "";
    }

    private static Map<String, float[]> inputs(Network network) {
        Random random = new Random(7);
        Map<String, float[]> feeds = new HashMap<>();
        Signature signature = network.signature();
        for (int i = 0; i < network.inputs().size(); i++) {
            Network.Input input = network.inputs().get(i);
            int type = signature == null
                    ? Signature.FLOAT32
                    : signature.inputs().get(i).type();
            boolean isFloat = type == Signature.FLOAT32 || type == 10 || type == 11 || type == 16;
            float[] values = new float[input.shape().size()];
            for (int j = 0; j < values.length; j++) {
                values[j] = isFloat ? random.nextFloat() * 2 - 1 : random.nextInt(type == 9 ? 2 : INTEGERS);
            }
            feeds.put(input.name(), values);
        }
        return feeds;
    }
}
