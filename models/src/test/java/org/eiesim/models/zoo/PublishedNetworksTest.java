package org.eiesim.models.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.eiesim.models.network.BatchNormalizationFolding;
import org.eiesim.models.network.MultiplyAccumulates;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedNetworksTest {
    /** Parameters (statistics of batch normalisation not counted) and multiply-accumulates, as published. */
    @ParameterizedTest
    @CsvSource({
        "lenet-5, 431080, 2293000, 10",
        "alexnet, 60965224, 724406816, 1000",
        "vgg-16, 138357544, 15470264320, 1000",
        "squeezenet-1.0, 1248424, 861339936, 1000",
        "squeezenet-1.1, 1235496, 387747520, 1000",
        "mobilenet-v1, 4231976, 568740352, 1000",
        "mobilenet-v2, 3504872, 300774272, 1000",
        "shufflenet-v1, 1864728, 137460672, 1000",
        "shufflenet-v2, 2278604, 144907992, 1000",
        "resnet-18, 11689512, 1814073344, 1000",
        "resnet-50, 25557032, 4089184256, 1000",
    })
    void countsAreThePublishedOnes(String name, long parameters, long multiplyAccumulates, int classes) {
        Network network = PublishedNetworks.create(name, layer -> 1, 1);
        long learnt = 0;
        for (Map.Entry<ParameterKey, Tensor> entry : network.parameters().entrySet()) {
            learnt += entry.getKey().isLearnt() ? entry.getValue().values().length : 0;
        }
        assertThat(learnt).isEqualTo(parameters);
        assertThat(MultiplyAccumulates.count(network)).isEqualTo(multiplyAccumulates);
        assertThat(ShapeInference.infer(network).get(network.outputs().get(0))).hasToString(String.valueOf(classes));
        assertThat(network.name()).isEqualTo(name + "-synthetic");
    }

    /** We 4096 x 600, the cell (1 + 600 + 600) x 2400, Wd 600 x 8791. Source: EIE Table III. */
    @Test
    void neuralTalkHasTheMatricesOfEie() {
        Network network = PublishedNetworks.create("neuraltalk", layer -> 0.1, 1);
        long inCell = network.parameters().entrySet().stream()
                .filter(entry -> entry.getKey().node().equals("lstm"))
                .mapToLong(entry -> entry.getValue().values().length)
                .sum();
        assertThat(inCell).isEqualTo(1201 * 2400);
        assertThat(network.weights().values().stream()
                        .mapToLong(tensor -> tensor.values().length)
                        .sum())
                .isEqualTo(2_457_600 + 2_880_000 + 5_274_600);
        assertThat(ShapeInference.infer(network).get("Wd")).hasToString("10x8791");
    }

    @Test
    void weightsHaveTheDensityAskedForAndComeBackForASeed() {
        Network network = PublishedNetworks.create("alexnet", layer -> layer.startsWith("fc") ? 0.09 : 0.5, 7);
        network.weights().forEach((key, tensor) -> {
            double nonzeros = 0;
            for (float weight : tensor.values()) {
                nonzeros += weight != 0 ? 1 : 0;
            }
            double expected = key.node().startsWith("fc") ? 0.09 : 0.5;
            assertThat(nonzeros / tensor.values().length).as(key.node()).isEqualTo(expected, within(0.01));
        });
        Network again = PublishedNetworks.create("alexnet", layer -> layer.startsWith("fc") ? 0.09 : 0.5, 7);
        assertThat(again.weights()).isEqualTo(network.weights());
        assertThatThrownBy(() -> PublishedNetworks.create("alexnet", layer -> 0, 1))
                .hasMessageContaining("density");
        assertThatThrownBy(() -> PublishedNetworks.create("alexnett", layer -> 1, 1))
                .hasMessageContaining("did you mean alexnet?");
    }

    /** Folding removes every normalisation of these networks and leaves what they compute. */
    @ParameterizedTest
    @CsvSource({"shufflenet-v2", "mobilenet-v2"})
    void foldedNetworksComputeTheSame(String name) {
        Network network = PublishedNetworks.create(name, layer -> 1, 3);
        Network folded = BatchNormalizationFolding.fold(network);
        assertThat(folded.parameters().keySet()).noneMatch(key -> key.role().equals(ParameterKey.VARIANCE));
        float[] x = new float[3 * 224 * 224];
        Random random = new Random(5);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        float[] expected = new ReferenceExecutor(network).run(x);
        float[] actual = new ReferenceExecutor(folded).run(x);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isEqualTo(expected[i], within(1e-4f * Math.max(1e-3f, expected[i])));
        }
    }
}
