package org.eiesim.compiler.compress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.ProgressListener;
import org.eiesim.models.train.Trainer;
import org.eiesim.models.train.TrainingOptions;
import org.jspecify.annotations.Nullable;

/** Small generated images and networks, and short ways to apply a method to them. */
public final class TinyProblems {
    private TinyProblems() {}

    /** Images of which class c is bright in pixels c*width/classes.. of a row, with noise. */
    public static Dataset stripes(int size, int pixels, int numClasses, int noise, long seed) {
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

    /** Normal deviates. */
    public static Tensor gaussian(long seed, double deviation, int... extents) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape shape = Shape.of(extents);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            double u = 1 - random.nextDouble();
            values[i] = (float) (deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble()));
        }
        return new Tensor(shape, values);
    }

    /** Fully connected layers fc1, fc2, ... of these sizes with an activation after each but the last. */
    public static Network perceptron(long seed, ActivationFunction function, double dropout, int... sizes) {
        List<Node> nodes = new ArrayList<>();
        String value = "image";
        for (int layer = 1; layer < sizes.length; layer++) {
            Tensor weight = gaussian(seed + layer, Math.sqrt(2.0 / sizes[layer - 1]), sizes[layer], sizes[layer - 1]);
            nodes.add(new Node.Dense("fc" + layer, value, weight, gaussian(seed - layer, 0.1, sizes[layer])));
            value = "fc" + layer;
            if (layer < sizes.length - 1) {
                nodes.add(new Node.Activation("act" + layer, value, function, coefficients(function)));
                nodes.add(new Node.Dropout("drop" + layer, "act" + layer, dropout));
                value = "drop" + layer;
            }
        }
        return new Network("tiny", List.of(new Network.Input("image", Shape.of(sizes[0]))), nodes, List.of(value));
    }

    /** 0.1, 0.2, ...: clips, slopes and offsets that are all different and in order. */
    private static List<Float> coefficients(ActivationFunction function) {
        List<Float> coefficients = new ArrayList<>();
        function.coefficientNames().forEach(name -> coefficients.add((coefficients.size() + 1) / 10f));
        return coefficients;
    }

    /** A perceptron 24-16-4 that has been trained on {@link #images()}. */
    public static Network trained() {
        return Trainer.train(
                        perceptron(1, ActivationFunction.RELU, 0, 24, 16, 4),
                        images(),
                        null,
                        TrainingOptions.defaults(15, 3),
                        List.of(),
                        List.of(),
                        ProgressListener.SILENT)
                .network();
    }

    /** 500 images of 24 pixels in four classes. */
    public static Dataset images() {
        return stripes(500, 24, 4, 150, 8);
    }

    /** The images in two parts. */
    public static CompressionContext context() {
        Trainer.Split split = Trainer.split(images(), 0.2);
        return new CompressionContext(split.train(), split.validation(), 1, ProgressListener.SILENT);
    }

    /** No images. */
    public static CompressionContext noData() {
        return new CompressionContext(null, null, 1, ProgressListener.SILENT);
    }

    /** Use of a method on all layers, its values going to the step and to every layer alike. */
    public static Application onAllLayers(Method method, Network network, Map<String, ?> values) {
        Settings settings = Settings.defaults(method.description().parameters()).with(values);
        Map<ParameterKey, Settings> layers = new LinkedHashMap<>();
        network.weights().keySet().forEach(key -> layers.put(key, settings));
        return new Application(settings, layers, 77);
    }

    /** Applies a method to all layers. */
    public static CompressionState apply(
            Method method, CompressionState state, Map<String, ?> values, @Nullable CompressionContext context) {
        return Compression.apply(
                state, method, onAllLayers(method, state.network(), values), context == null ? noData() : context);
    }

    /** The weights of a fully connected layer. */
    public static float[] weights(Network network, String layer) {
        return Objects.requireNonNull(network.parameters().get(new ParameterKey(layer, ParameterKey.WEIGHT)))
                .values();
    }

    /** How many values are not zero. */
    public static int nonzeros(float[] values) {
        int count = 0;
        for (float value : values) {
            count += value == 0 ? 0 : 1;
        }
        return count;
    }
}
