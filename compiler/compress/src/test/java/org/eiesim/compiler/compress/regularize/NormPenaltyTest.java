package org.eiesim.compiler.compress.regularize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.eiesim.compiler.compress.CompressionContext;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.TinyProblems;
import org.eiesim.compiler.recipe.Methods;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.train.ProgressListener;
import org.junit.jupiter.api.Test;

class NormPenaltyTest {
    private final Dataset images = TinyProblems.stripes(40, 6, 3, 80, 5);
    private final CompressionContext context = new CompressionContext(images, images, 1, ProgressListener.SILENT);
    private final CompressionState start =
            CompressionState.of(TinyProblems.perceptron(3, ActivationFunction.RELU, 0, 6, 3));

    private float[] afterOneUpdate(CompressionState state) {
        Map<String, Object> oneUpdate = Map.of(
                "epochs",
                1L,
                "batch-size",
                40L,
                "optimizer",
                "sgd",
                "learning-rate",
                0.1,
                "learning-rate-schedule",
                "constant");
        Network network = TinyProblems.apply(Methods.named("train"), state, oneUpdate, context)
                .network();
        return TinyProblems.weights(network, "fc1");
    }

    @Test
    void theGradientIsThatOfTheNormUntilItIsEnded() {
        float[] weights = TinyProblems.weights(start.network(), "fc1");
        float[] plain = afterOneUpdate(start);
        CompressionState withL1 = TinyProblems.apply(NormPenalty.l1(), start, Map.of("strength", 0.5), context);
        CompressionState withBoth = TinyProblems.apply(NormPenalty.l2(), withL1, Map.of("strength", 0.25), context);

        float[] l1 = afterOneUpdate(withL1);
        float[] both = afterOneUpdate(withBoth);

        for (int i = 0; i < weights.length; i++) {
            float pull = 0.1f * 0.5f * Math.signum(weights[i]);
            assertThat(l1[i]).isCloseTo(plain[i] - pull, within(1e-6f));
            assertThat(both[i]).isCloseTo(plain[i] - pull - 0.1f * 0.25f * 2 * weights[i], within(1e-6f));
        }
        CompressionState ended = TinyProblems.apply(NormPenalty.l1(), withL1, Map.of("strength", 0L), context);
        assertThat(afterOneUpdate(ended)).isEqualTo(plain);
    }
}
