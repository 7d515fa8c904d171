package org.eiesim.compiler.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.kernels.cluster.Initialization;
import org.eiesim.kernels.cluster.KMeans1d;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.onnx.OnnxReader;
import org.junit.jupiter.api.Test;

/** The pruned LeNet-300-100 of Dynamic Network Surgery: 4,952 of 266,200 weights and 36 of 410 biases are not 0. */
class PublishedNetworkTest {
    @Test
    void theWholeFileOfThePrunedLeNetIsSmall() throws IOException {
        Path model = repositoryRoot().resolve("../shared/models/lenet/lenet-300-100-sparse.onnx");
        assumeTrue(Files.isRegularFile(model), "the published network is not here");
        Network network = OnnxReader.read(model);
        List<CompressedLayer> layers = new ArrayList<>();
        for (Map.Entry<ParameterKey, Tensor> weight : network.weights().entrySet()) {
            layers.add(share(weight.getKey(), weight.getValue()));
        }
        Provenance provenance = new Provenance("lenet-300-100-sparse.onnx", "steps: [{method: share}]\n", 1, "0.1.0");
        byte[] bytes = EieWriter.toBytes(new CompressedNetwork(network, layers, provenance));
        EieVerifier.verify(bytes);
        FileStatistics file = EieInspector.inspect(bytes);
        LayerStatistics total = file.total().orElseThrow();
        assertThat(total.weights()).isEqualTo(266_200);
        assertThat(total.nonzeros()).isEqualTo(4_952);
        assertThat(file.denseBytes()).isEqualTo(4 * 266_610);
        assertThat(bytes.length).isLessThan(5_300);
        assertThat(file.ratio()).isGreaterThan(200);
    }

    private static CompressedLayer share(ParameterKey key, Tensor tensor) {
        float[] values = tensor.values();
        float[] nonzeros = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (value != 0) {
                nonzeros[count++] = value;
            }
        }
        float[] kept = Arrays.copyOf(nonzeros, count);
        float[] centroids = KMeans1d.cluster(kept, 15, Initialization.LINEAR, 1).centroids();
        float[] codebook = new float[1 + centroids.length];
        System.arraycopy(centroids, 0, codebook, 1, centroids.length);
        byte[] nearest = KMeans1d.assign(values, centroids);
        byte[] codes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            codes[i] = values[i] == 0 ? 0 : (byte) (1 + nearest[i]);
        }
        return new CompressedLayer(key, tensor.shape(), codebook, codes);
    }

    private static Path repositoryRoot() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("reference/cases"))) {
            root = root.getParent();
            if (root == null) {
                throw new IOException("no reference/cases above the working directory");
            }
        }
        return root;
    }
}
