package org.eiesim.compiler.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.compiler.sections.SectionWriter;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EieRoundTripTest {
    private static final long LIMIT = 1L << 28;

    static void requireSame(CompressedNetwork actual, CompressedNetwork expected, String what) {
        assertThat(actual.network()).as(what).isEqualTo(withoutNegativeZeros(expected.network()));
        assertThat(actual.provenance()).as(what).isEqualTo(expected.provenance());
        assertThat(actual.layers()).as(what).hasSameSizeAs(expected.layers());
        for (int i = 0; i < actual.layers().size(); i++) {
            CompressedLayer layer = actual.layers().get(i);
            CompressedLayer other = expected.layers().get(i);
            assertThat(layer.key()).as(what).isEqualTo(other.key());
            assertThat(layer.shape()).as(what).isEqualTo(other.shape());
            assertThat(layer.codebook()).as(what).containsExactly(other.codebook());
            assertThat(layer.codes()).as(what).containsExactly(other.codes());
        }
    }

    /** The one thing a container does not keep. */
    private static Network withoutNegativeZeros(Network network) {
        Map<ParameterKey, Tensor> positive = new HashMap<>();
        network.parameters().forEach((key, tensor) -> {
            float[] values = tensor.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += 0f;
            }
            positive.put(key, new Tensor(tensor.shape(), values));
        });
        return network.withParameters(positive);
    }

    @Test
    void anyNetworkComesBackAndVerifies() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            CompressedNetwork network = RandomNetworks.create(seed);
            byte[] bytes = EieWriter.toBytes(network);
            requireSame(EieReader.fromBytes(bytes, LIMIT), network, "seed " + seed);
            EieVerifier.verify(bytes);
        }
    }

    @Test
    void theSameNetworkGivesTheSameBytesWhateverTheOrderOfItsLayers() {
        for (long seed = 0; seed < 20; seed++) {
            CompressedNetwork network = RandomNetworks.create(seed);
            List<CompressedLayer> shuffled = new ArrayList<>(network.layers());
            Collections.shuffle(shuffled, new Random(seed));
            CompressedNetwork other = new CompressedNetwork(network.network(), shuffled, network.provenance());
            assertThat(EieWriter.toBytes(other)).as("seed %d", seed).isEqualTo(EieWriter.toBytes(network));
            assertThat(EieWriter.toBytes(RandomNetworks.create(seed))).isEqualTo(EieWriter.toBytes(network));
        }
    }

    @Test
    void everyDensityAndCodebookSizeComesBack() throws IOException {
        for (int codebookSize : new int[] {2, 3, 15, 16, 17, 255, 256}) {
            for (double density : new double[] {0, 0.0005, 0.01, 0.3, 1}) {
                CompressedNetwork network = oneLayer(Shape.of(120, 250), density, codebookSize, 7);
                byte[] bytes = EieWriter.toBytes(network);
                requireSame(EieReader.fromBytes(bytes, LIMIT), network, codebookSize + " at " + density);
                EieVerifier.verify(bytes);
            }
        }
    }

    @Test
    void theChosenEncodingIsTheSmallest() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            CompressedLayer layer = RandomNetworks.layer(
                    new ParameterKey("d", "weight"), Shape.of(60, 90), random.nextDouble() / 4, 16, random);
            LayerEncoding best = EncodingSearch.smallest(layer);
            byte[] section = LayerCodec.write(layer);
            long content = best.codebookBits() + best.streamBits();
            // Two bytes of parameters, two or three of the number of entries, up to 7 bits of filling.
            assertThat(8L * section.length - content).as("seed %d", seed).isBetween(24L, 48L);
        }
    }

    @Test
    void columnMajorIsChosenWhereNonzerosStandBelowOneAnother() throws IOException {
        Shape shape = Shape.of(40, 6, 5, 5);
        byte[] codes = new byte[shape.size()];
        for (int row = 0; row < 40; row++) {
            for (int column = 0; column < 150; column += 29) {
                codes[row * 150 + column] = 1;
            }
        }
        CompressedLayer layer =
                new CompressedLayer(new ParameterKey("c", ParameterKey.WEIGHT), shape, new float[] {0, 0.5f}, codes);
        assertThat(EncodingSearch.smallest(layer).scanOrder()).isEqualTo(ScanOrder.COLUMN_MAJOR);
        LayerCodec.Decoded decoded = decode(layer);
        assertThat(decoded.layer().codes()).containsExactly(codes);
        assertThat(decoded.encoding()).isEqualTo(EncodingSearch.smallest(layer));
    }

    @Test
    void aBinaryLayerWithoutZerosTakesOneBitAWeight() throws IOException {
        CompressedNetwork network = oneLayer(Shape.of(100, 800), 1, 3, 3);
        int bytes = LayerCodec.write(network.layers().get(0)).length;
        assertThat(bytes).isBetween(10_000, 10_020);
    }

    @Test
    void sparseBiasesAreSmall() {
        float[] bias = new float[410];
        for (int i = 0; i < 36; i++) {
            bias[i * 11] = i + 1;
        }
        SectionWriter out = new SectionWriter();
        ParameterCodec.write(out, new ParameterKey("n", "bias"), new Tensor(Shape.of(410), bias));
        assertThat(out.length()).isLessThan(180);
    }

    @Test
    void whatCannotComeBackIsRefused() {
        CompressedNetwork network = oneLayer(Shape.of(2, 2), 1, 4, 0);
        Network nan = network.network()
                .withParameters(Map.of(
                        new ParameterKey("fc", "bias"), new Tensor(Shape.of(2), new float[] {1, Float.NaN})));
        assertThatThrownBy(() -> EieWriter.toBytes(new CompressedNetwork(nan, List.of(), network.provenance())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter fc.bias holds NaN");
    }

    @Test
    void filesAreWrittenWholeAndNamedInErrors(@TempDir Path folder) throws IOException {
        CompressedNetwork network = RandomNetworks.create(5);
        Path path = folder.resolve("net.eie");
        EieWriter.write(network, path);
        requireSame(EieReader.read(path), network, "file");
        EieVerifier.verify(path);
        assertThat(folder).isDirectoryContaining(path::equals);
        assertThat(folder.toFile().list()).hasSize(1);
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length - 1] ^= 1;
        Files.write(path, bytes);
        assertThatThrownBy(() -> EieReader.read(path)).hasMessageStartingWith(path + ": provenance at byte ");
        assertThatThrownBy(() -> EieVerifier.verify(path)).hasMessageStartingWith(path + ": provenance at byte ");
    }

    static CompressedNetwork oneLayer(Shape shape, double density, int codebookSize, long seed) {
        ParameterKey key = new ParameterKey("fc", ParameterKey.WEIGHT);
        CompressedLayer layer = RandomNetworks.layer(key, shape, density, codebookSize, new Random(seed));
        Tensor bias = new Tensor(Shape.of(shape.extent(0)), new float[shape.extent(0)]);
        Network network = new Network(
                "one",
                List.of(new Network.Input("x", Shape.of(shape.extent(1)))),
                List.of(new Node.Dense("fc", "x", layer.decode(), bias)),
                List.of("fc"));
        return new CompressedNetwork(network, List.of(layer), new Provenance("test", "seed: 1\n", seed, "0.1.0"));
    }

    private static LayerCodec.Decoded decode(CompressedLayer layer) throws IOException {
        byte[] bytes = LayerCodec.write(layer);
        return LayerCodec.read(
                new SectionReader("layer", bytes, 0, bytes.length),
                layer.key(),
                layer.shape(),
                new MemoryBudget(LIMIT));
    }
}
