package org.eiesim.models.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;

class ZooTest {
    private static final Shape IMAGE = Shape.of(1, 28, 28);

    @Test
    void lenet300100HasItsPublishedParameters() {
        Network lenet = Zoo.create("lenet-300-100", IMAGE, 10, 1);
        int parameters = lenet.parameters().values().stream()
                .mapToInt(tensor -> tensor.values().length)
                .sum();
        assertThat(parameters).isEqualTo(266_610);
        assertThat(lenet.weights().keySet().stream().map(ParameterKey::layerName))
                .containsExactly("fc1", "fc2", "fc3");
        assertThat(ShapeInference.infer(lenet).get("fc3")).isEqualTo(Shape.of(10));
        assertThat(lenet.outputs()).containsExactly("fc3");
        assertThat(lenet.nodes().stream().map(Node::name))
                .containsExactly("flatten", "fc1", "relu1", "fc2", "relu2", "fc3");
    }

    @Test
    void perceptronsFollowTheirNameAndTheDataShape() {
        Network network = Zoo.create("mlp-7-6-5-dropout30", Shape.of(12), 3, 1);
        assertThat(network.weights().values().stream()
                        .map(tensor -> tensor.shape().toString()))
                .containsExactly("7x12", "6x7", "5x6", "3x5");
        assertThat(network.nodes().stream().filter(Node.Dropout.class::isInstance))
                .hasSize(3)
                .allSatisfy(node -> assertThat(((Node.Dropout) node).rate()).isEqualTo(0.3));
        assertThat(ShapeInference.infer(network).get("fc4")).isEqualTo(Shape.of(3));
    }

    @Test
    void weightsAreSpreadAsTheInitialisationsSay() {
        Network network = Zoo.create("mlp-400", IMAGE, 200, 5);
        assertThat(deviation(weight(network, "fc1"))).isCloseTo(Math.sqrt(2.0 / 784), within(0.0005));
        // A uniform distribution over +-b has deviation b / sqrt(3).
        assertThat(deviation(weight(network, "fc2"))).isCloseTo(Math.sqrt(6.0 / 600 / 3), within(0.0005));
        for (float value : weight(network, "fc2").values()) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo((float) Math.sqrt(6.0 / 600));
        }
    }

    @Test
    void theSeedDecidesTheWeights() {
        Network one = Zoo.create("lenet-300-100", IMAGE, 10, 1);
        assertThat(Zoo.create("lenet-300-100", IMAGE, 10, 1).parameters()).isEqualTo(one.parameters());
        assertThat(Zoo.create("lenet-300-100", IMAGE, 10, 2).parameters()).isNotEqualTo(one.parameters());
        // Fixed for good: a recipe's result depends on it.
        assertThat(weight(one, "fc1").values()).startsWith((float) (Math.sqrt(2.0 / 784) * 1.561581040188955));
    }

    @Test
    void badNamesAreExplained() {
        assertThatThrownBy(() -> Zoo.create("lenet-300-10", IMAGE, 10, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("lenet-300-10", "did you mean lenet-300-100?", "mlp-<h1>-<h2>-...");
        assertThatThrownBy(() -> Zoo.create("mlp-", IMAGE, 10, 1)).hasMessageContaining("did you mean mlp");
        assertThatThrownBy(() -> Zoo.create("mlp-30-0", IMAGE, 10, 1)).hasMessageContainingAll("mlp-30-0", "too small");
        assertThatThrownBy(() -> Zoo.create("mlp-99999999999", IMAGE, 10, 1)).hasMessageContaining("too large");
        assertThatThrownBy(() -> Zoo.create("mlp-2000000000", IMAGE, 10, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Zoo.create("mlp-3", IMAGE, 0, 1)).hasMessageContaining("at least 1 class");
        assertThatThrownBy(() -> Zoo.create("mlp-3", Shape.of(0), 2, 1)).hasMessageContaining("1 input value");
    }

    @Test
    void aPublishedNetworkIsMadeWhereItsInputAndClassesAreThoseOfTheData() {
        Network network = Zoo.create("lenet-5", Shape.of(1, 28, 28), 10, 1);

        assertThat(network.name()).isEqualTo("lenet-5");
        assertThat(network.weights().values())
                .hasSize(4)
                .allSatisfy(weight -> assertThat(weight.values()).doesNotContain(0));
        assertThatThrownBy(() -> Zoo.create("lenet-5", Shape.of(3, 32, 32), 10, 1))
                .hasMessageContainingAll("lenet-5", "1x28x28", "3x32x32");
        assertThatThrownBy(() -> Zoo.create("alexnet", Shape.of(3, 227, 227), 10, 1))
                .hasMessageContainingAll("1000 values", "10 classes");
        PublishedNetworks.names().stream()
                .filter(name -> !name.startsWith("lenet"))
                .forEach(name -> assertThatThrownBy(() -> Zoo.create(name, Shape.of(1, 28, 28), 10, 1))
                        .hasMessageContainingAll("network " + name + " takes", "1x28x28"));
    }

    @Test
    void aNetworkToTrainIsPublishedUnderTheSameNameWithTheSameLayers() {
        for (String name : List.of("lenet-300-100", "mlp-64-32")) {
            Network trained = Zoo.create(name, Shape.of(28 * 28), 10, 1);
            Network published = PublishedNetworks.create(name, layer -> 0.5, 1);
            assertThat(published.weights().keySet()).isEqualTo(trained.weights().keySet());
            assertThat(published.weights().values().stream().map(Tensor::shape).toList())
                    .isEqualTo(trained.weights().values().stream()
                            .map(Tensor::shape)
                            .toList());
        }
    }

    private static Tensor weight(Network network, String layer) {
        return network.weights()
                .getOrDefault(new ParameterKey(layer, ParameterKey.WEIGHT), new Tensor(Shape.of(0), new float[0]));
    }

    private static double deviation(Tensor tensor) {
        double squares = 0;
        for (float value : tensor.values()) {
            squares += value * value;
        }
        return Math.sqrt(squares / tensor.values().length);
    }
}
