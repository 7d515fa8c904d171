package org.eiesim.models.train;

import java.util.List;
import java.util.SplittableRandom;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Small generated images and networks that train in a moment. */
final class TinyProblems {
    private TinyProblems() {}

    /** Images of which class c is bright in pixels c*width/classes.. of a row, with noise. */
    static Dataset stripes(int size, int pixels, int numClasses, int noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] values = new byte[size * pixels];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(numClasses);
            for (int p = 0; p < pixels; p++) {
                int bright = p * numClasses / pixels == labels[i] ? 100 : 0;
                values[i * pixels + p] = (byte) Math.min(255, bright + random.nextInt(noise));
            }
        }
        return new Dataset("stripes", Shape.of(pixels), values, labels, numClasses);
    }

    static Tensor gaussian(SplittableRandom random, double deviation, int... extents) {
        Shape shape = Shape.of(extents);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            double u = 1 - random.nextDouble();
            values[i] = (float) (deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble()));
        }
        return new Tensor(shape, values);
    }

    /** inputs - hidden - classes with a rectifier between and a softmax at the end. */
    static Network perceptron(int inputs, int hidden, int classes, double dropout, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Network(
                "tiny",
                List.of(new Network.Input("image", Shape.of(inputs))),
                List.of(
                        new Node.Dense(
                                "fc1",
                                "image",
                                gaussian(random, Math.sqrt(2.0 / inputs), hidden, inputs),
                                gaussian(random, 0.1, hidden)),
                        new Node.Activation("relu1", "fc1", ActivationFunction.RELU),
                        new Node.Dropout("drop1", "relu1", dropout),
                        new Node.Dense(
                                "fc2",
                                "drop1",
                                gaussian(random, Math.sqrt(2.0 / hidden), classes, hidden),
                                gaussian(random, 0.1, classes)),
                        new Node.Softmax("probabilities", "fc2")),
                List.of("probabilities"));
    }

    /** One layer: inputs - classes. */
    static Network linear(int inputs, int classes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Network(
                "linear",
                List.of(new Network.Input("image", Shape.of(inputs))),
                List.of(new Node.Dense(
                        "fc", "image", gaussian(random, 0.5, classes, inputs), gaussian(random, 0.1, classes))),
                List.of("fc"));
    }

    /** Plain gradient descent with every image in one batch, so that one epoch is one update. */
    static TrainingOptions oneUpdate(int size, double learningRate) {
        return new TrainingOptions(
                1, size, new Optimizer.Sgd(), learningRate, new LearningRateSchedule.Constant(), 0, 0, 1);
    }

    static TrainingResult train(Network network, Dataset data, TrainingOptions options) {
        return Trainer.train(network, data, null, options, List.of(), List.of(), ProgressListener.SILENT);
    }
}
