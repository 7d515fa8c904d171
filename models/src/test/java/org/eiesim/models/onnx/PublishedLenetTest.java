package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.eiesim.models.SharedFiles;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.train.Evaluator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The networks of Dynamic Network Surgery on the MNIST test set, against the error rates published with them. */
class PublishedLenetTest {
    @TempDir
    Path folder;

    @Test
    void denseLenet300100Misses228Of10000() throws IOException {
        Network network = read("lenet-300-100-dense.onnx");
        assertThat(network.inputs()).containsExactly(new Network.Input("input", Shape.of(1, 28, 28)));
        assertThat(network.weights().keySet().stream().map(ParameterKey::layerName))
                .containsExactly("ip1", "ip2", "ip3");
        assertThat(network.weights().values().stream()
                        .map(tensor -> tensor.shape().toString()))
                .containsExactly("300x784", "100x300", "10x100");
        assertThat(ShapeInference.infer(network).keySet())
                .containsExactly("input", "flatten", "ip1", "relu1", "ip2", "relu2", "ip3");
        assertThat(numErrors(network)).isEqualTo(228);
    }

    @Test
    void sparseLenet300100Misses199WithAllItsZeros() throws IOException {
        Network network = read("lenet-300-100-sparse.onnx");
        long nonZeros = network.parameters().values().stream()
                .mapToLong(tensor -> {
                    long count = 0;
                    for (float value : tensor.values()) {
                        count += value != 0 ? 1 : 0;
                    }
                    return count;
                })
                .sum();
        assertThat(nonZeros).isEqualTo(4_988);
        assertThat(numErrors(network)).isEqualTo(199);
    }

    @Test
    void aCopyWrittenByUsComputesTheSame() throws IOException {
        Network network = read("lenet-300-100-sparse.onnx");
        Path copy = folder.resolve("copy.onnx");
        OnnxWriter.write(network, copy);
        assertThat(OnnxReader.read(copy)).isEqualTo(network);
    }

    private static Network read(String file) throws IOException {
        return OnnxReader.read(SharedFiles.require("models/lenet").resolve(file));
    }

    private static int numErrors(Network network) throws IOException {
        Dataset test =
                Datasets.open(SharedFiles.require("data/mnist").toString()).test();
        assertThat(test.size()).isEqualTo(10_000);
        return test.size() - Evaluator.correct(network, test, 2);
    }
}
