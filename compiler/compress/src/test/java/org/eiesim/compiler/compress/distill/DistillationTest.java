package org.eiesim.compiler.compress.distill;

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
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.train.ProgressListener;
import org.junit.jupiter.api.Test;

class DistillationTest {
    private static final int NUM_IMAGES = 40;
    private static final double RATE = 0.1;

    private final Dataset images = TinyProblems.stripes(NUM_IMAGES, 6, 3, 80, 5);
    private final CompressionContext context = new CompressionContext(images, images, 1, ProgressListener.SILENT);
    private final Network teacher = TinyProblems.perceptron(3, ActivationFunction.RELU, 0, 6, 3);
    private final Network student = TinyProblems.perceptron(9, ActivationFunction.RELU, 0, 6, 3);

    private float[] afterOneUpdate(CompressionState state) {
        Map<String, Object> oneUpdate = Map.of(
                "epochs",
                1L,
                "batch-size",
                (long) NUM_IMAGES,
                "optimizer",
                "sgd",
                "learning-rate",
                RATE,
                "learning-rate-schedule",
                "constant");
        return TinyProblems.weights(
                TinyProblems.apply(Methods.named("train"), state, oneUpdate, context)
                        .network(),
                "fc1");
    }

    /** The student's network with the objectives that were made when the teacher was in its place. */
    private CompressionState taught(double strength, double temperature) {
        CompressionState state = TinyProblems.apply(
                new Distillation(),
                CompressionState.of(teacher),
                Map.of("strength", strength, "temperature", temperature),
                null);
        return new CompressionState(student, Map.of(), state.objectives(), Map.of());
    }

    private static double[] softmax(float[] logits, double temperature) {
        double[] values = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(logits[i] / temperature);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return values;
    }

    /** d term / d w[c][p] = strength * T / N * sum over images of (student_c - teacher_c) * pixel_p. */
    @Test
    void theGradientIsThatOfTheFormula() {
        double strength = 0.75;
        double temperature = 3;
        float[] plain = afterOneUpdate(CompressionState.of(student));
        float[] distilled = afterOneUpdate(taught(strength, temperature));

        double[] pull = new double[plain.length];
        for (int i = 0; i < NUM_IMAGES; i++) {
            float[] pixels = images.sample(i);
            double[] own = softmax(new ReferenceExecutor(student).run(pixels), temperature);
            double[] wanted = softmax(new ReferenceExecutor(teacher).run(pixels), temperature);
            for (int j = 0; j < pull.length; j++) {
                pull[j] += strength * temperature / NUM_IMAGES * (own[j / 6] - wanted[j / 6]) * pixels[j % 6];
            }
        }
        for (int j = 0; j < pull.length; j++) {
            assertThat((double) distilled[j]).isCloseTo(plain[j] - RATE * pull[j], within(1e-6));
        }
        assertThat(distilled).isNotEqualTo(plain);
    }

    @Test
    void strengthZeroEndsIt() {
        assertThat(afterOneUpdate(taught(0, 2))).isEqualTo(afterOneUpdate(CompressionState.of(student)));
    }
}
