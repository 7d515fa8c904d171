package org.eiesim.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
    private static final ParameterKey LINEAR_WEIGHT = new ParameterKey("fc", ParameterKey.WEIGHT);

    @Test
    void oneUpdateOfSoftmaxRegressionIsTheKnownGradient() {
        Dataset data = TinyProblems.stripes(32, 6, 3, 50, 5);
        Network network = TinyProblems.linear(6, 3, 7);
        double learningRate = 0.5;

        Network trained = TinyProblems.train(network, data, TinyProblems.oneUpdate(32, learningRate))
                .network();

        double[] gradient = softmaxRegressionGradient(network, data);
        float[] before = weights(network, LINEAR_WEIGHT);
        float[] after = weights(trained, LINEAR_WEIGHT);
        for (int i = 0; i < before.length; i++) {
            assertThat((double) after[i])
                    .as("weight %d", i)
                    .isCloseTo(before[i] - learningRate * gradient[i], within(1e-6));
        }
    }

    /** {@code dL/dW = mean (softmax(Wx + b) - y) x^T}, in double. */
    private static double[] softmaxRegressionGradient(Network network, Dataset data) {
        Node.Dense dense = (Node.Dense) network.nodes().get(0);
        float[] weight = dense.weight().values();
        float[] bias = dense.bias() == null ? new float[3] : dense.bias().values();
        double[] gradient = new double[weight.length];
        for (int sample = 0; sample < data.size(); sample++) {
            float[] x = data.sample(sample);
            double[] p = new double[3];
            double sum = 0;
            for (int o = 0; o < 3; o++) {
                double z = bias[o];
                for (int i = 0; i < 6; i++) {
                    z += weight[o * 6 + i] * x[i];
                }
                p[o] = Math.exp(z);
                sum += p[o];
            }
            for (int o = 0; o < 3; o++) {
                double error = p[o] / sum - (data.label(sample) == o ? 1 : 0);
                for (int i = 0; i < 6; i++) {
                    gradient[o * 6 + i] += error * x[i] / data.size();
                }
            }
        }
        return gradient;
    }

    static List<Network> networksOfEveryNodeKind() {
        return List.of(TinyProblems.perceptron(16, 5, 3, 0, 3), convolutional());
    }

    private static Network convolutional() {
        SplittableRandom random = new SplittableRandom(11);
        Window three = new Window(3, 3, 1, 1, 1, 1, 1, 1, 1, 1);
        Window two = new Window(2, 2, 2, 2, 0, 0, 0, 0, 1, 1);
        return new Network(
                "convolutional",
                List.of(new Network.Input("image", Shape.of(16))),
                List.of(
                        new Node.Reshape("square", "image", Shape.of(1, 4, 4)),
                        new Node.Convolution(
                                "conv1",
                                "square",
                                TinyProblems.gaussian(random, 2, 4, 1, 3, 3),
                                TinyProblems.gaussian(random, 0.1, 4),
                                three,
                                1),
                        new Node.Activation("tanh1", "conv1", ActivationFunction.TANH),
                        new Node.Pooling("pool1", "tanh1", Node.Pooling.Kind.AVERAGE, two, false, true),
                        new Node.Convolution(
                                "conv2", "pool1", TinyProblems.gaussian(random, 2, 4, 2, 3, 3), null, three, 2),
                        new Node.Activation("sigmoid2", "conv2", ActivationFunction.SIGMOID),
                        new Node.Arithmetic("sum", ArithmeticOperator.ADD, "sigmoid2", "pool1"),
                        new Node.Pooling("pool2", "sum", Node.Pooling.Kind.MAXIMUM, two, false, false),
                        new Node.Flatten("flat", "pool2"),
                        new Node.Dense("fc", "flat", TinyProblems.gaussian(random, 2, 3, 4), null)),
                List.of("fc"));
    }

    @ParameterizedTest
    @MethodSource("networksOfEveryNodeKind")
    void everyGradientIsTheSlopeOfTheLoss(Network network) {
        Dataset data = TinyProblems.stripes(24, 16, 3, 250, 9);
        Network moved =
                TinyProblems.train(network, data, TinyProblems.oneUpdate(24, 1)).network();
        double difference = 1e-3;
        network.parameters().forEach((key, tensor) -> {
            float[] before = tensor.values();
            float[] after = weights(moved, key);
            for (int i = 0; i < before.length; i += Math.max(1, before.length / 4)) {
                double slope = (loss(network, key, i, difference, data) - loss(network, key, i, -difference, data))
                        / (2 * difference);
                assertThat((double) before[i] - after[i]).as("%s[%d]", key, i).isCloseTo(slope, within(3e-4));
            }
        });
    }

    /** The training loss of an epoch of one batch is that of the weights before the update. */
    private static double loss(Network network, ParameterKey key, int index, double change, Dataset data) {
        Tensor tensor = Objects.requireNonNull(network.parameters().get(key));
        float[] values = tensor.values().clone();
        values[index] += (float) change;
        Network changed = network.withParameters(Map.of(key, new Tensor(tensor.shape(), values)));
        return TinyProblems.train(changed, data, TinyProblems.oneUpdate(data.size(), 1e-9))
                .epochs()
                .get(0)
                .trainingLoss();
    }

    static List<TrainingOptions> optimizers() {
        LearningRateSchedule cosine = new LearningRateSchedule.Cosine();
        return List.of(
                new TrainingOptions(12, 16, new Optimizer.Sgd(), 0.5, cosine, 0, 0.1, 1),
                new TrainingOptions(
                        12, 16, new Optimizer.Momentum(0.9), 0.1, new LearningRateSchedule.Step(4, 0.3), 1e-4, 0.1, 1),
                new TrainingOptions(
                        12, 16, new Optimizer.Adam(), 0.01, new LearningRateSchedule.Polynomial(2), 0, 0.1, 1));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void learnsAndKeepsTheBestEpoch(TrainingOptions options) {
        Dataset data = TinyProblems.stripes(600, 24, 4, 140, 3);
        List<EpochRecord> heard = new ArrayList<>();
        List<Integer> batches = new ArrayList<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void onBatch(int epoch, int numEpochs, int batch, int numBatches) {
                batches.add(numBatches);
            }

            @Override
            public void onEpoch(EpochRecord epoch, int numEpochs) {
                heard.add(epoch);
            }
        };

        TrainingResult result = Trainer.train(
                TinyProblems.perceptron(24, 10, 4, 0.2, 2), data, null, options, List.of(), List.of(), listener);

        assertThat(result.validationAccuracy()).isGreaterThan(0.9);
        assertThat(result.epochs()).hasSize(12).isEqualTo(heard);
        assertThat(result.epochs().get(result.bestEpoch()).validationAccuracy()).isEqualTo(result.validationAccuracy());
        assertThat(result.epochs()).allMatch(epoch -> epoch.validationAccuracy() <= result.validationAccuracy());
        assertThat(batches).hasSize(12 * 34).containsOnly(34); // 540 images are left, 33.75 batches of 16
    }

    @Test
    void validationAccuracyIsThatOfTheReferenceExecutor() {
        Dataset data = TinyProblems.stripes(300, 24, 4, 200, 3);

        TrainingResult result =
                TinyProblems.train(TinyProblems.perceptron(24, 10, 4, 0.2, 2), data, TrainingOptions.defaults(2, 1));

        double reference =
                Evaluator.accuracy(result.network(), Trainer.split(data, 0.1).validation(), 1);
        assertThat(result.validationAccuracy()).isEqualTo(reference).isLessThan(1);
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        Dataset data = TinyProblems.stripes(200, 24, 4, 140, 3);
        Network network = TinyProblems.perceptron(24, 10, 4, 0.5, 2);

        Network first = TinyProblems.train(network, data, TrainingOptions.defaults(3, 17))
                .network();
        Network again = TinyProblems.train(network, data, TrainingOptions.defaults(3, 17))
                .network();
        Network other = TinyProblems.train(network, data, TrainingOptions.defaults(3, 18))
                .network();

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(first).isNotEqualTo(network);
    }

    @Test
    void runsInSeveralThreadsGiveWhatTheyGiveAlone() {
        Dataset data = TinyProblems.stripes(200, 24, 4, 140, 3);
        Network network = TinyProblems.perceptron(24, 10, 4, 0.5, 2);
        Network alone = TinyProblems.train(network, data, TrainingOptions.defaults(2, 1))
                .network();

        List<Network> together = List.of(1L, 1L, 1L).parallelStream()
                .map(seed -> TinyProblems.train(network, data, TrainingOptions.defaults(2, seed))
                        .network())
                .toList();

        assertThat(together).allMatch(alone::equals);
    }

    @Test
    void validationImagesComeOffTheEndAndAreNotTrainedOn() {
        Dataset data = TinyProblems.stripes(105, 6, 3, 50, 5);

        Trainer.Split split = Trainer.split(data, 0.1);

        assertThat(split.train().size()).isEqualTo(94);
        assertThat(split.validation().size()).isEqualTo(11);
        assertThat(split.validation().sample(0)).isEqualTo(data.sample(94));
        Network network = TinyProblems.linear(6, 3, 7);
        TrainingOptions whole =
                new TrainingOptions(2, 20, new Optimizer.Adam(), 0.01, new LearningRateSchedule.Constant(), 0, 0, 4);
        TrainingOptions splitting =
                new TrainingOptions(2, 20, new Optimizer.Adam(), 0.01, new LearningRateSchedule.Constant(), 0, 0.1, 4);
        List<EpochRecord> apart =
                TinyProblems.train(network, split.train(), whole).epochs();
        List<EpochRecord> together =
                TinyProblems.train(network, data, splitting).epochs();
        assertThat(together)
                .extracting(EpochRecord::trainingLoss)
                .isEqualTo(apart.stream().map(EpochRecord::trainingLoss).toList());
    }

    @Test
    void weightDecayPullsWeightsAndLeavesBiases() {
        Dataset data = TinyProblems.stripes(32, 6, 3, 50, 5);
        Network network = TinyProblems.linear(6, 3, 7);
        ParameterKey bias = new ParameterKey("fc", ParameterKey.BIAS);
        TrainingOptions decaying =
                new TrainingOptions(1, 32, new Optimizer.Sgd(), 0.1, new LearningRateSchedule.Constant(), 0.5, 0, 1);

        Network plain = TinyProblems.train(network, data, TinyProblems.oneUpdate(32, 0.1))
                .network();
        Network decayed = TinyProblems.train(network, data, decaying).network();

        float[] initial = weights(network, LINEAR_WEIGHT);
        for (int i = 0; i < initial.length; i++) {
            assertThat(weights(decayed, LINEAR_WEIGHT)[i])
                    .isCloseTo(weights(plain, LINEAR_WEIGHT)[i] - 0.1f * 0.5f * initial[i], within(1e-6f));
        }
        assertThat(weights(decayed, bias)).isEqualTo(weights(plain, bias));
    }

    @Test
    void divergenceIsOneLineThatSaysWhatToDo() {
        Dataset data = TinyProblems.stripes(64, 6, 3, 50, 5);
        TrainingOptions wild = new TrainingOptions(
                20, 8, new Optimizer.Momentum(0.99), 1e30, new LearningRateSchedule.Constant(), 0, 0, 1);

        assertThatThrownBy(() -> TinyProblems.train(TinyProblems.perceptron(6, 5, 3, 0, 7), data, wild))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("lower the learning rate")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aNetworkThatDoesNotFitTheImagesIsRefused() {
        Dataset data = TinyProblems.stripes(64, 6, 3, 50, 5);

        assertThatThrownBy(() -> TinyProblems.train(TinyProblems.linear(7, 3, 1), data, TrainingOptions.defaults(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7")
                .hasMessageContaining("6");
        assertThatThrownBy(() -> TinyProblems.train(TinyProblems.linear(6, 4, 1), data, TrainingOptions.defaults(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("labels");
    }

    private static float[] weights(Network network, ParameterKey key) {
        return Objects.requireNonNull(network.parameters().get(key)).values();
    }
}
