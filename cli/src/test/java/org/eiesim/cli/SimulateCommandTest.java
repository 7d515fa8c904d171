package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eiesim.models.data.RawFloats;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    @TempDir
    static Path shared;

    private static Path container = Path.of("");
    private static Path data = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() throws IOException {
        container = SmallNetwork.eie(shared);
        data = TinyImages.write(shared.resolve("tiny"));
    }

    private static Path dump() {
        return Checkout.root().resolve("reference/cases/pe16");
    }

    @Test
    void enginesAgreeOverADatasetWhateverTheThreads() {
        JsonNode exact = simulate("--data", data, "--verify", "--threads", 2);
        JsonNode clocked = simulate("--data", data, "--engine", "clocked", "--threads", 1);
        assertThat(exact.get("inputs").intValue()).isEqualTo(TinyImages.NUM_TEST);
        assertThat(exact.get("accuracy").doubleValue()).isBetween(0.0, 1.0).isNotZero();
        assertThat(clocked.get("layers")).isEqualTo(exact.get("layers"));
        assertThat(clocked.get("accuracy")).isEqualTo(exact.get("accuracy"));
        assertThat(exact.get("cycles_per_input").doubleValue())
                .isEqualTo(exact.get("cycles").longValue() / (double) TinyImages.NUM_TEST);
        assertThat(exact.get("format").textValue()).isEqualTo("eiesim-run");
        assertThat(exact.get("over_capacity")).isEmpty();
    }

    private static JsonNode simulate(Object... options) {
        return simulateSource(container, options);
    }

    private static JsonNode simulateSource(Path source, Object... options) {
        Object[] arguments = Stream.concat(Stream.of("simulate", source, "--json", "-"), Stream.of(options))
                .toArray();
        return CliRun.ok(arguments).json();
    }

    @Test
    void aProgramRunsOnTheMachineItWasCompiledFor() {
        Path program = folder.resolve("net.eiex");
        CliRun.ok("compile", container, "--set", "pes=4", "index_bits=6", "-o", program);
        JsonNode fromProgram = simulateSource(program, "--data", data);
        JsonNode fromContainer = simulate("--data", data, "--set", "pes=4", "index_bits=6");
        assertThat(fromProgram.get("config")).isEqualTo(fromContainer.get("config"));
        assertThat(fromProgram.get("layers")).isEqualTo(fromContainer.get("layers"));
        assertThat(fromProgram.get("notes").toString()).contains("compiled for pes=4");
        assertThat(CliRun.failure("simulate", program, "--set", "pes=8")).contains("pes=4, not 8", "compile");
        assertThat(CliRun.failure("simulate", program, "--arch", "eie-isca16"))
                .contains("the program was compiled for pes=4, but eie-isca16 has 64; compile the network again");
    }

    @Test
    void calibrationSaysWhatItLookedAt() throws IOException {
        assertThat(simulate("--data", data, "--numeric", "fixed16").get("notes").toString())
                .contains("training images");
        Path testOnly = TinyImages.writeTestOnly(folder.resolve("test-only"));
        assertThat(simulate("--data", testOnly, "--numeric", "fixed16")
                        .get("notes")
                        .toString())
                .contains("test images", "no training images");
        assertThat(simulate("--numeric", "fixed16").get("notes").toString()).contains("seed 1");
    }

    @Test
    void fixedPointOutputsAreRawValuesInTheFormatThatTheJsonNames() throws IOException {
        Path input = Files.write(folder.resolve("in.raw"), RawFloats.toBytes(new float[2 * SmallNetwork.NUM_INPUTS]));
        Path floats = folder.resolve("out.f32");
        Path raw = folder.resolve("out.i16");
        assertThat(simulate("--input", input, "--output", floats).get("inputs").intValue())
                .isEqualTo(2);
        JsonNode fixed = simulate("--input", input, "--output", raw, "--numeric", "fixed16", "--verify");
        assertThat(floats).hasSize(2 * SmallNetwork.NUM_OUTPUTS * Float.BYTES);
        assertThat(raw).hasSize(2 * SmallNetwork.NUM_OUTPUTS * Short.BYTES);
        int fractionBits =
                fixed.get("output_formats").get(0).get("fraction_bits").intValue();
        ByteBuffer expected = ByteBuffer.wrap(Files.readAllBytes(floats)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer actual = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
        while (expected.hasRemaining()) {
            assertThat(Math.scalb((double) actual.getShort(), -fractionBits))
                    .isCloseTo(expected.getFloat(), org.assertj.core.data.Offset.offset(1e-3));
        }
    }

    @Test
    void withoutInputsOneOfRandomNumbersIsRunAndSaidSo() {
        CliRun run = CliRun.ok("simulate", container);
        assertThat(run.out()).contains("random numbers", "1 input", "hidden", "total", " cycles, ");
        assertThat(simulate()).isEqualTo(simulate());
        assertThat(run.out().lines()).allMatch(line -> line.startsWith("note") || line.length() <= 140);
    }

    @Test
    void dumpsKeepTheirRules() {
        assertThat(simulateSource(dump(), "--arch", "eie-256-28nm").get("notes").toString())
                .contains("files of 16 PEs");
        JsonNode small = simulateSource(dump(), "--set", "register_file_length=4", "--set", "spmat_sram_bytes=64");
        assertThat(small.get("over_capacity").toString()).contains("register_file_length", "spmat_sram_bytes");
        assertThat(small.get("cycles")).isEqualTo(simulateSource(dump()).get("cycles"));
        assertThat(CliRun.failure("simulate", dump(), "--set", "live_inputs=nonzero"))
                .contains("live_inputs=positive");
        assertThat(CliRun.failure("simulate", dump(), "--set", "bias=preload")).contains("bias=column");
        assertThat(CliRun.failure("simulate", dump(), "--outputs", 3)).contains("3 outputs");
        assertThat(CliRun.failure("simulate", container, "--outputs", 3)).contains("--outputs");
        assertThat(simulateSource(dump(), "--numeric", "fixed16", "--verify")
                        .get("notes")
                        .toString())
                .contains("the one input of the dump");
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        assertThat(CliRun.failure("simulate", folder.resolve("none"))).contains("no such file");
        assertThat(CliRun.failure("simulate", dump().resolveSibling(".")))
                .contains("not a dump", "pe1-dense-input in it is one");
        assertThat(CliRun.failure("simulate", container, "--data", "fashion")).contains("fashion-mnist");
        assertThat(CliRun.failure("simulate", container, "--data", "fashion-mnist"))
                .contains("784", "64");
        Path short3 = Files.write(folder.resolve("short.raw"), RawFloats.toBytes(new float[3]));
        assertThat(CliRun.failure("simulate", container, "--input", short3)).contains("short.raw", "64");
        Path nan = Files.write(folder.resolve("nan.raw"), RawFloats.toBytes(nan()));
        assertThat(CliRun.failure("simulate", container, "--input", nan)).contains("NaN");
        assertThat(CliRun.failure("simulate", container, "--arch", "eie")).contains("eie-isca16");
        assertThat(CliRun.failure("simulate", container, "--set", "quue_slots=4"))
                .contains("queue_slots");
        assertThat(CliRun.refusal("simulate", container, "--output", container.resolve("out")))
                .contains("is not a folder");
        assertThat(CliRun.refusal("simulate", container, "--json", container.resolve("out")))
                .contains("is not a folder");
        assertThat(CliRun.usageError("simulate", container, "--engine", "fast")).contains("fast", "exact");
        assertThat(CliRun.usageError("simulate", container, "--numeric", "int8"))
                .contains("int8", "float32");
        assertThat(CliRun.usageError("simulate", container, "--data", data, "--input", short3))
                .contains("--data", "--input");
        assertThat(CliRun.usageError("simulate")).contains("SOURCE");
        assertThat(CliRun.usageError("simulate", container, "--set")).contains("--set");
    }

    private static float[] nan() {
        float[] values = new float[SmallNetwork.NUM_INPUTS];
        values[5] = Float.NaN;
        return values;
    }

    @Test
    void aDamagedDumpNamesTheFile() throws IOException {
        Path copy = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(dump())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(dump().relativize(file).toString()));
            }
        }
        Path entries = copy.resolve("spm/spm3.dat");
        byte[] bytes = Files.readAllBytes(entries);
        Files.delete(entries);
        assertThat(CliRun.failure("simulate", copy)).contains("spm3.dat", "missing");
        Files.write(entries, java.util.Arrays.copyOf(bytes, bytes.length - 4));
        assertThat(CliRun.failure("simulate", copy)).contains("spm3.dat");
        bytes[0] = 77;
        Files.write(entries, bytes);
        assertThat(CliRun.failure("simulate", copy)).contains("spm3.dat", "77");
    }
}
