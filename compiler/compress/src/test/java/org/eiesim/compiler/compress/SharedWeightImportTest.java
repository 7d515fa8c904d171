package org.eiesim.compiler.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.container.EieWriter;
import org.eiesim.models.importers.DeepCompressionNet;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedWeightImportTest {
    private static final String PROTOTXT = """
        name: "tiny"
        input: "data"
        input_dim: 1 input_dim: 8 input_dim: 1 input_dim: 1
        layer { name: "fc1" type: "InnerProduct" bottom: "data" top: "fc1" inner_product_param { num_output: 2 } }
        layer { name: "relu" type: "ReLU" bottom: "fc1" top: "fc1" }
        layer { name: "fc2" type: "InnerProduct" bottom: "fc1" top: "fc2" inner_product_param { num_output: 1 } }
        """;

    @TempDir
    Path folder;

    /** Weights 3 and 5 at positions 2 and 9 of the first layer; 10 and 70 at positions 0 and 1 of the second. */
    private DeepCompressionNet net() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(2).putInt(2);
        for (int i = 0; i < 16; i++) {
            out.putFloat(i);
        }
        out.putFloat(0.5f).putFloat(-0.5f).put((byte) 0x53).put((byte) 0x62);
        for (int i = 0; i < 16; i++) {
            out.putFloat(10 * i);
        }
        out.putFloat(1).put((byte) 0x71).put((byte) 0x00);
        return DeepCompressionNet.read(
                Files.write(folder.resolve("tiny.net"), Arrays.copyOf(out.array(), out.position())),
                Files.writeString(folder.resolve("tiny.prototxt"), PROTOTXT));
    }

    @Test
    void codebooksAndCodesStayTheAuthors() throws IOException {
        DeepCompressionNet net = net();
        CompressedNetwork compressed = SharedWeightImport.of(net, "1.2.3");
        assertThat(compressed.layers())
                .extracting(layer -> layer.key().layerName())
                .containsExactly("fc1", "fc2");
        for (int i = 0; i < 2; i++) {
            assertThat(compressed.layers().get(i).codebook())
                    .isEqualTo(net.layers().get(i).codebook());
            assertThat(compressed.layers().get(i).codes())
                    .isEqualTo(net.layers().get(i).codes());
        }
        assertThat(compressed.layers().get(0).codes()).containsExactly(0, 0, 3, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0);
        assertThat(compressed.layers().get(0).numNonzeros()).isEqualTo(2);
        assertThat(compressed.layers().get(1).decode().values()).containsExactly(10, 70);
        assertThat(compressed.provenance()).isEqualTo(new Provenance("tiny", "", 0, "1.2.3"));
        assertThat(SharedWeightImport.unshared(compressed)).isEmpty();
    }

    /** x2 = 2 and x1 of the second row (position 9) = 4: 3*2 + 0.5 = 6.5 and 5*4 - 0.5 = 19.5, so 65 + 1365 + 1. */
    @Test
    void theNetworkComputesWithTheDecodedWeights() throws IOException {
        CompressedNetwork compressed = SharedWeightImport.of(net(), "test");
        float[] x = {0, 4, 2, 0, 0, 0, 0, 0};
        assertThat(new ReferenceExecutor(compressed.network()).run(x)).containsExactly(65 + 1365 + 1);
        Path file = folder.resolve("tiny.eie");
        EieWriter.write(compressed, file);
        CompressedNetwork again = EieReader.read(file);
        assertThat(new ReferenceExecutor(again.network()).run(x)).containsExactly(65 + 1365 + 1);
        assertThat(again.layers().get(0).codebook())
                .isEqualTo(compressed.layers().get(0).codebook());
    }

    private static CompressedNetwork oneLayer(float... weights) {
        Node dense = new Node.Dense("fc", "x", new Tensor(Shape.of(1, weights.length), weights), null);
        Network.Input input = new Network.Input("x", Shape.of(weights.length));
        return SharedWeightImport.of(new Network("one", List.of(input), List.of(dense), List.of("fc")), "test");
    }

    @Test
    void fewDifferentWeightsAreSharedExactly() {
        CompressedLayer layer = oneLayer(0, 2, -1, 2, -0f, 2).layers().get(0);
        assertThat(layer.codebook()).containsExactly(0, -1, 2);
        assertThat(layer.codes()).containsExactly(0, 2, 1, 2, 0, 2);
        assertThat(oneLayer(0, 0).layers().get(0).codebook()).containsExactly(0, 0);
        float[] random = new float[4000];
        Random seeded = new Random(5);
        for (int i = 0; i < random.length; i++) {
            random[i] = (seeded.nextInt(256) - 127) / 127f;
        }
        CompressedNetwork bytes = oneLayer(random.clone());
        assertThat(bytes.layers().get(0).codebook()).hasSize(256);
        assertThat(bytes.layers().get(0).decode().values()).containsExactly(random);
    }

    @Test
    void moreThan256DifferentWeightsStayFloats() {
        float[] weights = new float[257];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i;
        }
        CompressedNetwork network = oneLayer(weights);
        assertThat(network.layers()).isEmpty();
        assertThat(SharedWeightImport.unshared(network)).containsExactly(new ParameterKey("fc", ParameterKey.WEIGHT));
        assertThat(network.network().weights().values().iterator().next().values())
                .containsExactly(weights);
        assertThat(oneLayer(Arrays.copyOf(weights, 256)).layers()).hasSize(1);
    }
}
