package org.eiesim.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;

/** The extension points of the trainer, with parametrizations and objectives written here. */
class WeightParametrizationTest {
    private static final ParameterKey KEY = new ParameterKey("fc", ParameterKey.WEIGHT);
    private final Dataset data = TinyProblems.stripes(40, 6, 3, 80, 5);
    private final Network network = TinyProblems.linear(6, 3, 7);

    /** Nothing is stored, so nothing is trained. */
    private record Frozen(ParameterKey key) implements WeightParametrization {
        @Override
        public Bound bind(NDManager manager, Tensor current) {
            NDArray constant = manager.create(current.values(), new Shape(3, 6));
            return new Bound() {
                @Override
                public List<NDArray> stored() {
                    return List.of();
                }

                @Override
                public NDArray effective() {
                    return constant;
                }
            };
        }
    }

    /** Signs with the straight-through estimator; the stored tensor is clipped to [-0.1, 0.1]. */
    private record Binary(ParameterKey key) implements WeightParametrization {
        @Override
        public Bound bind(NDManager manager, Tensor current) {
            NDArray stored = manager.create(current.values(), new Shape(3, 6));
            return new Bound() {
                @Override
                public List<NDArray> stored() {
                    return List.of(stored);
                }

                @Override
                public NDArray effective() {
                    NDArray signs = stored.gte(0)
                            .toType(stored.getDataType(), false)
                            .mul(2)
                            .sub(1);
                    return stored.add(signs.sub(stored).stopGradient());
                }

                @Override
                public void afterUpdate(TrainingStep step) {
                    NDArray clipped = stored.clip(-0.1f, 0.1f);
                    stored.subi(stored.sub(clipped));
                }
            };
        }
    }

    @Test
    void aParametrizationWithoutStoredTensorsFreezes() {
        TrainingResult result = train(List.of(new Frozen(KEY)), List.of(), 0.5);

        assertThat(values(result.network(), KEY)).isEqualTo(values(network, KEY));
        ParameterKey bias = new ParameterKey("fc", ParameterKey.BIAS);
        assertThat(values(result.network(), bias)).isNotEqualTo(values(network, bias));
        assertThat(result.stored().get(KEY)).isEmpty();
    }

    @Test
    void theStraightThroughEstimatorPassesTheGradientOfTheEffectiveTensor() {
        Tensor signs = new Tensor(org.eiesim.models.network.Shape.of(3, 6), signs(values(network, KEY)));
        Network binary = network.withParameters(Map.of(KEY, signs));
        float[] afterPlain = values(
                Trainer.train(
                                binary,
                                data,
                                null,
                                TinyProblems.oneUpdate(40, 0.01),
                                List.of(),
                                List.of(),
                                ProgressListener.SILENT)
                        .network(),
                KEY);

        TrainingResult result = train(List.of(new Binary(KEY)), List.of(), 0.01);

        float[] stored = Objects.requireNonNull(result.stored().get(KEY)).get(0).values();
        for (int i = 0; i < stored.length; i++) {
            float gradient = (signs.values()[i] - afterPlain[i]) / 0.01f;
            float expected = Math.max(-0.1f, Math.min(0.1f, values(network, KEY)[i] - 0.01f * gradient));
            assertThat(stored[i]).as("stored %d", i).isCloseTo(expected, within(1e-5f));
        }
        assertThat(values(result.network(), KEY)).containsOnly(-1f, 1f);
    }

    @Test
    void anObjectiveAddsItsGradientAndSeesTheBatch() {
        TrainingObjective pull = (manager, trained) -> batch -> {
            assertThat(batch.sampleIndices()).hasSize(40);
            assertThat(batch.values()).containsKeys("image", "fc");
            assertThat(batch.logits().getShape()).isEqualTo(new Shape(40, 3));
            return Objects.requireNonNull(batch.effective().get(KEY)).sum().mul(2);
        };
        float[] plain = values(train(List.of(), List.of(), 0.1).network(), KEY);

        float[] pulled = values(train(List.of(), List.of(pull), 0.1).network(), KEY);

        for (int i = 0; i < plain.length; i++) {
            assertThat(pulled[i]).isCloseTo(plain[i] - 0.1f * 2, within(1e-5f));
        }
    }

    private TrainingResult train(
            List<WeightParametrization> parametrizations, List<TrainingObjective> objectives, double learningRate) {
        return Trainer.train(
                network,
                data,
                null,
                TinyProblems.oneUpdate(40, learningRate),
                parametrizations,
                objectives,
                ProgressListener.SILENT);
    }

    private static float[] signs(float[] values) {
        float[] signs = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            signs[i] = values[i] >= 0 ? 1 : -1;
        }
        return signs;
    }

    private static float[] values(Network network, ParameterKey key) {
        return Objects.requireNonNull(network.parameters().get(key)).values();
    }
}
