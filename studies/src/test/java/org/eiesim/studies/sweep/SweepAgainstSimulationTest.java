package org.eiesim.studies.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.data.Percentage;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.container.EieWriter;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.compiler.dump.DumpWriter;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.recipe.Recipe;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.compiler.recipe.Recipes;
import org.eiesim.models.data.RawFloats;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.Window;
import org.eiesim.models.zoo.PublishedDensities;
import org.eiesim.models.zoo.PublishedNetworks;
import org.eiesim.models.zoo.Zoo;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.Concern;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.energy.Cost;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.machine.Calibration;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.LayerRun;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.simulator.machine.ProductImage;
import org.eiesim.simulator.machine.ProgramMachine;
import org.eiesim.simulator.machine.ProgramRun;
import org.eiesim.simulator.machine.TransferCounts;
import org.eiesim.simulator.stats.Statistics;
import org.eiesim.studies.simulation.Inputs;
import org.eiesim.studies.simulation.MachineChoice;
import org.eiesim.studies.simulation.SimulationJob;
import org.eiesim.studies.simulation.SimulationJobReader;
import org.eiesim.studies.workload.LayerShape;
import org.eiesim.studies.workload.SyntheticLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Every line of a sweep is what a simulation of the same machine counts, on both engines, and what it costs. */
class SweepAgainstSimulationTest {
    private static final List<Engine> ENGINES = List.of(new ClockedEngine(), new ExactEngine());
    private static final String MACHINES = """
        parameters:
          pes: [3, 8]
          index_bits: [2, 4]
          queue_slots: [2, 5]
          broadcast_width: [1, 3]
          spmat_row_entries: [1, 8]
          clock_mhz: [500, 800]
        """;

    private static final String NETWORK_MACHINES = """
        parameters:
          pes: [3, 8]
          placement: [interleaved, balanced_entries, balanced_live]
          bias: [preload, column]
          queue_slots: [2, 5]
          broadcast_width: [1, 3]
          spmat_row_entries: [1, 8]
        """;

    @TempDir
    Path folder;

    private List<CSVRecord> sweep(String yaml) throws IOException {
        Path out = folder.resolve("out");
        SweepStudy.of(SweepSpecReader.parse(yaml, "s.yaml", folder)).run(out, true, 2, done -> {});
        return SmallSweeps.table(out);
    }

    /** Rebuilds a line's machine from its columns. */
    private static MachineConfig machine(CSVRecord line) {
        List<String> settings = new ArrayList<>();
        for (Parameter<?> parameter : Parameters.ALL) {
            settings.add(parameter.key() + "=" + line.get(parameter.key()));
        }
        return MachineConfig.defaults().withSettings(settings);
    }

    private static void assertLine(CSVRecord line, MachineConfig config, EventRecord events, TransferCounts moved) {
        for (Map.Entry<String, Long> statistic : Statistics.of(events).entrySet()) {
            assertThat(line.get(statistic.getKey()))
                    .as("%s on %s", statistic.getKey(), config)
                    .isEqualTo(statistic.getValue().toString());
        }
        Cost cost = EnergyModel.of(config).price(events, moved);
        Percentage digits = Percentage.withPercentage(1e-6);
        assertThat(Double.parseDouble(line.get("energy_nj"))).isCloseTo(cost.energyPj() / 1e3, digits);
        assertThat(Double.parseDouble(line.get("power_mw"))).isCloseTo(cost.powerMw(cost.energyPj()), digits);
        assertThat(Double.parseDouble(line.get("time_us"))).isCloseTo(config.microseconds(events.cycles), digits);
        assertThat(Double.parseDouble(line.get("area_mm2")))
                .isCloseTo(EnergyModel.of(config).area().mm2(), digits);
    }

    @Test
    void countsALayerAsBothEnginesDo() throws IOException {
        LayerShape shape = new LayerShape("small", 37, 90, 0.15, 0.5, true);
        SyntheticLayer layer = SyntheticLayer.draw(shape, 5);
        List<CSVRecord> table = sweep("seed: 5\n" + MACHINES
                + "workloads: {name: small, shape: {inputs: 37, outputs: 90, weight_density: 0.15,"
                + " live_density: 0.5}}\n");

        assertThat(table).hasSize(64);
        for (CSVRecord line : table) {
            MachineConfig config = machine(line);
            ProductImage image = layer.image(config.pes(), config.get(Parameters.INDEX_BITS));
            for (Engine engine : ENGINES) {
                EventRecord events = new EventRecord(config.pes());
                engine.prepare(image, config, new Arithmetic.Float32()).run(layer.inputs(), 0, new float[90], events);
                assertLine(line, config, events, new TransferCounts(0, 0, 16, 0, 37, 90));
            }
        }
    }

    /** A folder in the authors' layout, as it is and encoded anew, against the code behind {@code eie simulate}. */
    @Test
    void countsADumpAsSimulateDoes() throws IOException {
        LayerShape shape = new LayerShape("small", 37, 90, 0.15, 0.5, true);
        SyntheticLayer layer = SyntheticLayer.draw(shape, 6);
        ProductImage image = layer.image(4, 4);
        Path dump = folder.resolve("dump");
        DumpWriter.write(dump, new Dump(image.matrix(), image.codebook(), layer.inputs(), 90));
        List<CSVRecord> table = sweep("parameters: {pes: [2, 4, 7], queue_slots: [2, 8]}\nworkloads: dump\n");

        assertThat(table).hasSize(6);
        for (CSVRecord line : table) {
            List<String> settings = List.of("pes=" + line.get("pes"), "queue_slots=" + line.get("queue_slots"));
            var job = new SimulationJobReader(new MachineChoice(Presets.EIE_ISCA16, settings), OptionalInt.empty())
                    .read(dump);
            ProgramRun run = new ProgramMachine(job.program(), job.machine(), new ExactEngine(), Numeric.FLOAT32)
                    .run(layer.inputs(), 1);
            LayerRun only = run.layers().get(0);
            assertLine(line, machine(line), only.events(), only.transfers());
            assertThat(machine(line)).isEqualTo(job.config());
        }
    }

    private Path network() throws IOException {
        String recipe = """
            seed: 1
            steps:
              - {method: random-prune, parameters: {density: 0.3, epochs: 0}}
              - {method: share-weights, parameters: {entries: 16, epochs: 0}}
            """;
        CompressedNetwork network = RecipeRunner.run(
                Zoo.create("mlp-25", Shape.of(30), 12, 4),
                Recipe.parse(recipe, "r"),
                null,
                1,
                "test",
                RecipeListener.SILENT);
        Path file = folder.resolve("net.eie");
        EieWriter.write(network, file);
        return file;
    }

    @Test
    void countsANetworkAsBothEnginesDo() throws IOException {
        float[] inputs = new float[60];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i % 3 == 0 ? 0 : (i % 7 - 3) / 4f;
        }
        RawFloats.write(folder.resolve("in.f32"), inputs);
        CompressedNetwork network = EieReader.read(network());
        for (Numeric numeric : Numeric.values()) {
            String name = numeric == Numeric.FLOAT32 ? "float32" : "fixed16";
            List<CSVRecord> table =
                    sweep(NETWORK_MACHINES + "workloads: {network: net.eie, input: in.f32, numeric: " + name + "}");
            assertThat(table).hasSize(96);
            for (CSVRecord line : table) {
                assertNetworkLine(line, network, inputs, numeric);
            }
        }
    }

    private static void assertNetworkLine(CSVRecord line, CompressedNetwork network, float[] inputs, Numeric numeric)
            throws IOException {
        MachineConfig config = machine(line);
        Inputs samples = new Inputs(inputs, 2, new int[2], inputs, 2, "inputs", List.of());
        Program program =
                SimulationJob.ofNetwork(network, config).placedFor(samples, 1).program();
        if (numeric == Numeric.FIXED_POINT) {
            program = Calibration.calibrate(program, config, inputs, 2, 1, done -> {});
        }
        for (Engine engine : ENGINES) {
            ProgramRun run = new ProgramMachine(program, config, engine, numeric).run(inputs, 2);
            EventRecord events = new EventRecord(config.pes());
            TransferCounts moved = TransferCounts.NONE;
            for (LayerRun layer : run.layers()) {
                events.add(layer.events());
                moved = moved.plus(layer.transfers());
            }
            assertLine(line, config, events, moved);
            Percentage digits = Percentage.withPercentage(1e-6);
            assertThat(Double.parseDouble(line.get("streamed_us"))).isCloseTo(run.streamedMicroseconds(), digits);
            assertThat(Double.parseDouble(line.get("balance"))).isCloseTo(Statistics.BALANCE.of(events), digits);
            assertThat(line.get("inputs")).isEqualTo("2");
            assertThat(Double.parseDouble(line.get("streamed_us_per_input")))
                    .isCloseTo(run.streamedMicroseconds() / 2, digits);
        }
    }

    /**
     * Weights that do not fit are streamed: the small memory takes less energy and area and, on chip, no more time; a front
     * by time with transfers sees what it costs.
     */
    @Test
    void ranksByTimeWithTransfers() throws IOException {
        RawFloats.write(folder.resolve("in.f32"), new float[30]);
        network();
        String spec = """
            parameters: {pes: 2, register_file_length: 64, spmat_sram_bytes: [48, 4096], clock_mhz: 800}
            workloads: {network: net.eie, input: in.f32}
            """;
        float[] inputs = new float[30];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i + 1;
        }
        RawFloats.write(folder.resolve("in.f32"), inputs);
        List<CSVRecord> table = sweep(spec);

        assertThat(number(table.get(0), "streamed_us")).isGreaterThan(1.5 * number(table.get(0), "time_us"));
        assertThat(number(table.get(1), "streamed_us"))
                .isCloseTo(number(table.get(1), "time_us"), Percentage.withPercentage(1e-6));
        assertThat(fastest(spec)).isEqualTo(1);
        assertThat(number(table.get(0), "streamed_us_per_input")).isEqualTo(number(table.get(0), "streamed_us"));

        List<CSVRecord> layers = layers();
        assertThat(layers).hasSize(4);
        for (CSVRecord line : table) {
            double sum = layers.stream()
                    .filter(layer -> layer.get("point").equals(line.get("point")))
                    .mapToDouble(layer -> number(layer, "streamed_us"))
                    .sum();
            assertThat(sum).isCloseTo(number(line, "streamed_us"), Percentage.withPercentage(1e-6));
        }
    }

    private int fastest(String spec) throws IOException {
        return SweepStudy.of(SweepSpecReader.parse(spec, "s.yaml", folder))
                .run(folder.resolve("out"), true, 2, done -> {})
                .best()
                .stream()
                .filter(best -> best.what().equals("fastest"))
                .findFirst()
                .orElseThrow()
                .point();
    }

    private List<CSVRecord> layers() throws IOException {
        return CsvTable.FORMAT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(Files.readString(folder.resolve("out").resolve(SweepStudy.LAYERS_CSV_FILE))))
                .getRecords();
    }

    private static double number(CSVRecord line, String column) {
        return Double.parseDouble(line.get(column));
    }

    /** Whole AlexNet, half a minute and a gigabyte: {@code -Dwhole=true}. 16 KB make it cheaper on chip and slower in all. */
    @Test
    @EnabledIfSystemProperty(named = "whole", matches = "true")
    void alexNetRanksByTimeWithTransfers() throws IOException {
        Network alexNet = PublishedNetworks.create(
                "alexnet", PublishedDensities.of("alexnet").byLayer(), 1);
        EieWriter.write(
                RecipeRunner.run(
                        alexNet, Recipes.load("share-only").withSeed(1), null, 2, "test", RecipeListener.SILENT),
                folder.resolve("alexnet.eie"));
        int length = alexNet.inputs().get(0).shape().size();
        RawFloats.write(folder.resolve("in.f32"), Inputs.random(length).values());
        String spec = """
            parameters: {spmat_sram_bytes: [16384, 131072]}
            workloads: {network: alexnet.eie, input: in.f32}
            """;
        List<CSVRecord> table = sweep(spec);

        assertThat(number(table.get(0), "time_us")).isBetween(5935.0, 5945.0);
        assertThat(number(table.get(0), "streamed_us")).isBetween(8805.0, 8815.0);
        assertThat(fastest(spec)).isEqualTo(1);
    }

    /** Many vectors a layer: the engines take them in blocks, the sweep one by one. */
    @Test
    void countsAConvolutionAsBothEnginesDo() throws IOException {
        Network dense = Zoo.create("mlp-4", Shape.of(4 * 7 * 7), 5, 8);
        float[] kernel = new float[4 * 2 * 3 * 3];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = i % 3 == 0 ? 0 : (i % 11 - 5) / 8f;
        }
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node.Convolution(
                "conv",
                "image",
                new Tensor(Shape.of(4, 2, 3, 3), kernel),
                null,
                new Window(3, 3, 1, 1, 0, 0, 0, 0, 1, 1),
                1));
        nodes.add(new Node.Activation("relu", "conv", ActivationFunction.RELU));
        nodes.add(new Node.Flatten("flat", "relu"));
        Node.Dense head = dense.nodes().stream()
                .filter(Node.Dense.class::isInstance)
                .map(Node.Dense.class::cast)
                .findFirst()
                .orElseThrow();
        nodes.add(new Node.Dense("fc", "flat", head.weight(), null));
        Network network =
                new Network("conv", List.of(new Network.Input("image", Shape.of(2, 9, 9))), nodes, List.of("fc"));
        EieWriter.write(
                RecipeRunner.run(
                        network,
                        Recipe.parse("steps: [{method: share-weights, parameters: {epochs: 0}}]", "r"),
                        null,
                        1,
                        "test",
                        RecipeListener.SILENT),
                folder.resolve("net.eie"));
        float[] inputs = new float[2 * 162];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i % 5 == 0 ? 0 : (i % 9 - 3) / 4f;
        }
        RawFloats.write(folder.resolve("in.f32"), inputs);
        List<CSVRecord> table = sweep("""
            parameters: {pes: [3, 8], queue_slots: [2, 6], spmat_row_entries: [2, 8]}
            workloads: {network: net.eie, input: in.f32}
            """);

        assertThat(table).hasSize(8);
        for (CSVRecord line : table) {
            // 49 pixels and one vector per input; on 3 PEs the register files hold 192 of the 196 inputs.
            int numTiles = line.get("pes").equals("3") ? 2 : 1;
            assertThat(line.get("products")).isEqualTo(Integer.toString(2 * (49 + numTiles)));
            assertNetworkLine(line, EieReader.read(folder.resolve("net.eie")), inputs, Numeric.FLOAT32);
        }
    }

    /** A machine that no program fits leaves a line with the reason, not a failed sweep. */
    @Test
    void saysWhyAMachineCannotRunANetwork() throws IOException {
        RawFloats.write(folder.resolve("in.f32"), new float[30]);
        network();
        List<CSVRecord> table =
                sweep("parameters: {weight_bits: [3, 4]}\nworkloads: {network: net.eie, input: in.f32}\n");

        assertThat(table.get(0).get("status")).isEqualTo("impossible");
        assertThat(table.get(0).get("reason")).contains("16");
        assertThat(table.get(1).get("status")).isEqualTo("ok");
    }

    /** {@link SweepPlan} splits timing by exactly these; whoever adds one has to look there. */
    @Test
    void knowsAllParametersOfTiming() {
        assertThat(Parameters.ALL.stream().filter(parameter -> parameter.reach() == Concern.TIMING))
                .containsExactlyInAnyOrder(
                        Parameters.QUEUE_SLOTS, Parameters.BROADCAST_WIDTH, Parameters.SPMAT_ROW_ENTRIES);
    }

    /** The EIE authors' own simulator on AlexNet FC8: papers/eie.md 8.3, the starred cells as repaired. */
    @Test
    void reproducesTheAuthorsNumbersOnFc8() throws IOException {
        Path fc8 = shared("reference/alexnet-fc8");
        List<CSVRecord> queues =
                sweep("parameters: {queue_slots: [2, 3, 4, 5, 8, 9, 16, 17, 512]}\nworkloads: " + fc8 + "\n");
        assertThat(queues.stream().map(line -> line.get("cycles")))
                .containsExactly("10194", "8827", "8386", "8160", "7926", "7896", "7794", "7794", "7794");
        List<CSVRecord> rows =
                sweep("parameters: {spmat_row_entries: {from: 2, to: 64, factor: 2}}\nworkloads: " + fc8);
        assertThat(rows.stream().map(line -> line.get("spmat_row_reads")))
                .containsExactly("258386", "158921", "100900", "60396", "32551", "16468");
        List<CSVRecord> pes = sweep("parameters: {pes: {from: 1, to: 256, factor: 2}}\nworkloads: " + fc8 + "\n");
        assertThat(pes.stream().map(line -> line.get("cycles")))
                .containsExactly("461330", "231613", "116654", "58446", "30001", "15162", "7926", "4392", "2689");
        assertThat(pes.stream().map(line -> line.get("spmat_row_reads")))
                .containsExactly("58527", "59332", "61000", "64347", "71139", "83907", "100900", "116822", "125580");
    }

    private static Path shared(String relative) {
        Path at = Path.of(System.getProperty("user.dir", ".")).toAbsolutePath();
        while (at != null && !Files.exists(at.resolveSibling("shared").resolve("design.md"))) {
            at = at.getParent();
        }
        assumeThat(at).as("../shared").isNotNull();
        Path path = Path.of(String.valueOf(at)).resolveSibling("shared").resolve(relative);
        assumeThat(path).exists();
        return path.toAbsolutePath().normalize();
    }
}
