package org.eiesim.simulator.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.compiler.target.Target.BiasMode;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.kernels.sparse.InterleavedCscDecoder;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.machine.ProductImage;

/**
 * A layer with the results of the EIE authors' simulator: a dump folder that also holds expected.json and output.dat.
 *
 * @param name its folder
 * @param image the weights
 * @param config the machine it was run on
 * @param inputs the inputs
 * @param expected the authors' numbers
 * @param outputBytes the authors' outputs, little-endian float32
 */
public record ReferenceLayer(
        String name, ProductImage image, MachineConfig config, float[] inputs, JsonNode expected, byte[] outputBytes) {
    /** Reads all committed cases. */
    public static List<ReferenceLayer> cases() throws IOException {
        Path folder = repository().resolve("reference/cases");
        try (Stream<Path> folders = Files.list(folder)) {
            List<Path> sorted = folders.sorted().toList();
            List<ReferenceLayer> layers = new ArrayList<>();
            for (Path layer : sorted) {
                layers.add(read(layer));
            }
            return layers;
        }
    }

    /** Reads AlexNet's FC8, which is not part of the repository, where it lies beside it. */
    public static Optional<ReferenceLayer> fc8() throws IOException {
        Path folder = repository().resolve("../shared/reference/alexnet-fc8").normalize();
        return Files.isDirectory(folder) ? Optional.of(read(folder)) : Optional.empty();
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("configs"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("tests must run inside the repository");
        }
        return folder;
    }

    private static ReferenceLayer read(Path folder) throws IOException {
        JsonNode expected =
                new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
        Dump dump =
                DumpReader.read(folder, OptionalInt.of(expected.get("outputs").intValue()));
        MachineConfig config = MachineConfig.defaults()
                .with(Parameters.PES, expected.get("pes").intValue())
                .with(Parameters.QUEUE_SLOTS, expected.get("queue_slots").intValue())
                .with(
                        Parameters.SPMAT_ROW_ENTRIES,
                        expected.get("spmat_row_entries").intValue())
                .with(Parameters.LIVE_INPUTS, LiveInputs.POSITIVE)
                .with(Parameters.BIAS, BiasMode.COLUMN);
        ProductImage image = new ProductImage(dump.matrix(), dump.codebook(), dump.numInputs(), true);
        return new ReferenceLayer(
                folder.getFileName().toString(),
                image,
                config,
                dump.activations(),
                expected,
                Files.readAllBytes(folder.resolve("output.dat")));
    }

    /** Returns this layer encoded anew, with 4-bit relative indices, for another number of PEs. */
    public ReferenceLayer encodedFor(int numPes) {
        InterleavedCsc matrix = image.matrix();
        byte[] dense = InterleavedCscDecoder.decode(matrix);
        int numRows = matrix.numRows();
        int numInputs = image.numInputs();
        byte[] weights = new byte[numRows * numInputs];
        byte[] bias = new byte[numRows];
        for (int row = 0; row < numRows; row++) {
            int start = row * matrix.numColumns();
            System.arraycopy(dense, start, weights, row * numInputs, numInputs);
            bias[row] = dense[start + matrix.numColumns() - 1];
        }
        InterleavedCsc encoded = InterleavedCscBuilder.build(weights, numRows, numInputs, numPes, 4, bias);
        return new ReferenceLayer(
                name + " on " + numPes + " PEs",
                new ProductImage(encoded, image.codebook(), numInputs, true),
                config.with(Parameters.PES, numPes),
                inputs,
                expected,
                outputBytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
