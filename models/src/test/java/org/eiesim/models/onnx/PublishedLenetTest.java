package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.eiesim.models.SharedFiles;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.train.Evaluator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks of Dynamic Network Surgery on the MNIST test set, against the error rates published with them. */
class PublishedLenetTest {
    private static final int NUM_COMPARED = 1_000;

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

    /** Every output for a thousand test images. */
    @ParameterizedTest
    @ValueSource(strings = {"lenet-300-100-dense", "lenet-300-100-sparse", "lenet-5-dense", "lenet-5-sparse"})
    void outputsAreThoseOfOnnxRuntime(String name) throws IOException {
        Path file = SharedFiles.require("models/lenet").resolve(name + ".onnx");
        Dataset test =
                Datasets.open(SharedFiles.require("data/mnist").toString()).test();
        int length = test.sampleShape().size();
        float[] images = new float[NUM_COMPARED * length];
        for (int i = 0; i < NUM_COMPARED; i++) {
            test.copySample(i, images, i * length);
        }
        OnnxRuntime.Feed feed = new OnnxRuntime.Feed(new long[] {NUM_COMPARED, 1, 28, 28}, images, false);
        float[] expected =
                OnnxRuntime.run(Files.readAllBytes(file), Map.of("input", feed)).get(0);
        ReferenceExecutor executor = new ReferenceExecutor(OnnxReader.read(file));
        int numClasses = expected.length / NUM_COMPARED;
        for (int i = 0; i < NUM_COMPARED; i++) {
            float[] ofImage = Arrays.copyOfRange(expected, i * numClasses, (i + 1) * numClasses);
            OperatorAgreementTest.assertClose(executor.run(test.sample(i)), ofImage, 1e-5, "image " + i);
        }
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
