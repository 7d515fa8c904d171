package org.eiesim.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.layers.WorkedExample;
import org.eiesim.simulator.machine.Calibration;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.simulator.machine.ProgramMachine;
import org.eiesim.simulator.machine.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracerTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/eiesim/simulator/trace");

    /** Of a layer that takes some dozens of cycles on 64 PEs. */
    private static final long SEED = 23;

    private static Trace workedExample(TraceWindow window) {
        return Tracer.trace(
                "worked example", WorkedExample.image(), WorkedExample.config(), WorkedExample.inputs(), window);
    }

    /** {@code -Dregenerate=true} rewrites the files. */
    @Test
    void thePapersWorkedExampleIsWrittenAsBefore() throws IOException {
        Trace trace = workedExample(new TraceWindow(0, 100, List.of(0)));
        compare("worked-example.vcd", TraceAgainstRecordTest.vcd(trace));
        compare("worked-example.json", TraceAgainstRecordTest.perfetto(trace));
    }

    private static void compare(String name, String actual) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, actual);
        }
        assertThat(actual).as(name + "; rewrite it with -Dregenerate=true").isEqualTo(Files.readString(file));
    }

    @Test
    void aWindowIsThatPartOfTheWhole() {
        RandomLayer layer = RandomLayer.draw(SEED);
        TraceWindow wholeWindow = new TraceWindow(0, 4000, null);
        Trace whole = Tracer.trace("whole", layer.image(), layer.config(), layer.inputs(), wholeWindow);
        assertThat(whole.numCycles()).isGreaterThan(60);
        for (int first = 0; first < whole.numCycles(); first += 7) {
            List<Integer> pes = List.of(whole.numPes() - 1, 0);
            TraceWindow window = new TraceWindow(first, 9, pes);
            Trace part = Tracer.trace("part", layer.image(), layer.config(), layer.inputs(), window);
            assertThat(part.numCycles()).isEqualTo(Math.min(9, whole.numCycles() - first));
            for (int cycle = 0; cycle < part.numCycles(); cycle++) {
                for (ArraySignal signal : ArraySignal.values()) {
                    assertThat(part.value(signal, cycle)).isEqualTo(whole.value(signal, first + cycle));
                }
                for (int place = 0; place < part.numPes(); place++) {
                    for (PeSignal signal : PeSignal.values()) {
                        assertThat(part.value(signal, cycle, place))
                                .isEqualTo(whole.value(signal, first + cycle, part.pe(place)));
                    }
                }
            }
        }
    }

    @Test
    void tracesTheSameTheSecondTime() throws IOException {
        assertThat(TraceAgainstRecordTest.vcd(workedExample(TraceWindow.START)))
                .isEqualTo(TraceAgainstRecordTest.vcd(workedExample(TraceWindow.START)));
    }

    /** The traces of all products of a layer are together as long as the layer's run, in both number formats. */
    @Test
    void everyProductOfANetworkCanBeTraced() throws FormatException {
        MachineConfig config = MachineConfig.defaults().withSettings(List.of("pes=4", "spmat_sram_bytes=32"));
        Random random = new Random(5);
        float[] input = new float[3 * 20];
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
        }
        Program program = Calibration.calibrate(
                Lowering.compile(twoLayers(random), config.target()), config, input, 1, 1, done -> {});
        for (Numeric numeric : Numeric.values()) {
            ProgramRun run = new ProgramMachine(program, config, new ClockedEngine(), numeric).run(input, 1);
            for (int layer = 0; layer < 2; layer++) {
                String name = program.layers().get(layer).name();
                long numProducts = run.layers().get(layer).events().products;
                assertThat(numProducts).isGreaterThan(3);
                long cycles = 0;
                for (int product = 0; product < numProducts; product++) {
                    TraceTarget target = new TraceTarget(name, product);
                    cycles += Tracer.trace(program, config, numeric, input, target, TraceWindow.START)
                            .numCycles();
                }
                assertThat(cycles)
                        .as("%s %s", numeric, name)
                        .isEqualTo(run.layers().get(layer).events().cycles);
                TraceTarget beyond = new TraceTarget(name, (int) numProducts);
                assertThatThrownBy(() -> Tracer.trace(program, config, numeric, input, beyond, TraceWindow.START))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("no layer " + name + ", product " + numProducts + "; the layer runs " + numProducts
                                + " products for an input, numbered from 0");
            }
        }
        TraceTarget unknown = new TraceTarget("fc9", 0);
        assertThatThrownBy(() -> Tracer.trace(program, config, Numeric.FLOAT32, input, unknown, TraceWindow.START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no layer \"fc9\" to trace, only \"fc0\", \"fc1\"");
    }

    private static CompressedNetwork twoLayers(Random random) {
        CompressedLayer first = layer("fc0", 30, 20, random);
        CompressedLayer second = layer("fc1", 25, 30, random);
        Network graph = new Network(
                "two",
                List.of(new Network.Input("x", Shape.of(3, 20))),
                List.of(
                        new Node.Dense("fc0", "x", first.decode(), null),
                        new Node.Dense("fc1", "fc0", second.decode(), null)),
                List.of("fc1"));
        return new CompressedNetwork(graph, List.of(first, second), new Provenance("test", "", 0, "test"));
    }

    private static CompressedLayer layer(String name, int numOutputs, int numInputs, Random random) {
        byte[] codes = new byte[numOutputs * numInputs];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0);
        }
        return new CompressedLayer(
                new ParameterKey(name, ParameterKey.WEIGHT),
                Shape.of(numOutputs, numInputs),
                new float[] {0, 0.5f, 1, 0.25f},
                codes);
    }

    @Test
    void saysWhatItCannotTrace() {
        refuses(new TraceWindow(16, 1, null), "a trace from cycle 16 of worked example, which takes 16 cycles");
        refuses(new TraceWindow(0, 1, List.of(4)), "a trace of PE 4; the machine has PEs 0 to 3");
        refuses(
                new TraceWindow(0, 1 << 19, null),
                "a trace of 524288 cycles and 4 PEs exceeds 1048576 PE cycles; take at most 262144 cycles, or fewer"
                        + " PEs");
        assertThatThrownBy(() -> Tracer.trace(
                        "nothing", WorkedExample.image(), WorkedExample.config(), new float[8], TraceWindow.START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nothing to trace in nothing: no input of the product is live");
        assertThatThrownBy(() -> new TraceWindow(-1, 1, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TraceWindow(0, 0, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TraceWindow(0, 1, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TraceTarget("fc0", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void refuses(TraceWindow window, String message) {
        assertThatThrownBy(() -> workedExample(window))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** GTKWave's own reader takes the file, and what it writes back has the same values. */
    @Test
    void gtkwavesConvertersReadIt(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/vcd2fst")) && Files.isExecutable(Path.of("/usr/bin/fst2vcd")),
                "Debian's gtkwave is not installed");
        RandomLayer layer = RandomLayer.draw(SEED);
        Trace trace = Tracer.trace("seed " + SEED, layer.image(), layer.config(), layer.inputs(), TraceWindow.START);
        Path vcd = folder.resolve("trace.vcd");
        Path fst = folder.resolve("trace.fst");
        Path back = folder.resolve("back.vcd");
        Files.writeString(vcd, TraceAgainstRecordTest.vcd(trace));

        convert("vcd2fst", vcd.toString(), fst.toString());
        convert("fst2vcd", "-f", fst.toString(), "-o", back.toString());

        VcdFile written = VcdFile.parse(Files.readString(vcd));
        VcdFile read = VcdFile.parse(Files.readString(back));
        assertThat(read.timescale).isEqualTo(written.timescale);
        assertThat(read.widthsBits).isEqualTo(written.widthsBits);
        for (String name : written.changes.keySet()) {
            assertThat(read.sample(name, "eie.clock")).as(name).isEqualTo(written.sample(name, "eie.clock"));
        }
    }

    private static void convert(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
