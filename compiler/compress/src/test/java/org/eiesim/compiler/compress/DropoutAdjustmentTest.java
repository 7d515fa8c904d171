package org.eiesim.compiler.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.eiesim.compiler.compress.prune.MagnitudePrune;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.junit.jupiter.api.Test;

class DropoutAdjustmentTest {
    @Test
    void ratesFollowTheSquareRootOfTheDensityOfTheLayerBefore() {
        Network network = TinyProblems.perceptron(2, ActivationFunction.RELU, 0.5, 10, 10, 4);
        Network pruned = TinyProblems.apply(
                        new MagnitudePrune(), CompressionState.of(network), Map.of("density", 0.09), null)
                .network();

        Network adjusted = DropoutAdjustment.adjust(pruned);

        Node.Dropout dropout = (Node.Dropout) adjusted.nodes().get(2);
        assertThat(dropout.rate()).isCloseTo(0.5 * 0.3, within(1e-12));
        assertThat(adjusted.parameters()).isEqualTo(pruned.parameters());
        assertThat(DropoutAdjustment.adjust(network)).isEqualTo(network);
    }
}
