package org.eiesim.models.zoo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.eiesim.kernels.check.EditDistance;
import org.eiesim.models.network.Network;

/**
 * Networks as published, layer for layer, with synthetic weights: the graph is theirs, the numbers are random. Their names
 * end in {@code -synthetic} so that no result can be taken for that of the trained network. Batch normalisations are nodes
 * of their own; {@link org.eiesim.models.network.BatchNormalizationFolding} removes them.
 */
public final class PublishedNetworks {
    private static final Map<String, Consumer<NetworkBuilder>> ALL = all();

    private static final Pattern PERCEPTRON = Pattern.compile("mlp(-[1-9][0-9]{0,4})+");

    private PublishedNetworks() {}

    private static Consumer<NetworkBuilder> perceptron(String name) {
        int[] hidden = Arrays.stream(name.split("-"))
                .skip(1)
                .mapToInt(Integer::parseInt)
                .toArray();
        return net -> ReferenceNets.perceptron(net, hidden);
    }

    private static Map<String, Consumer<NetworkBuilder>> all() {
        Map<String, Consumer<NetworkBuilder>> all = new LinkedHashMap<>();
        all.put("lenet-300-100", net -> ReferenceNets.perceptron(net, 300, 100));
        all.put("lenet-5", ReferenceNets::lenet5);
        all.put("alexnet", ReferenceNets::alexNet);
        all.put("vgg-16", ReferenceNets::vgg16);
        all.put("neuraltalk", ReferenceNets::neuralTalk);
        all.put("squeezenet-1.0", LightweightNets::squeezeNet10);
        all.put("squeezenet-1.1", LightweightNets::squeezeNet11);
        all.put("mobilenet-v1", LightweightNets::mobileNetV1);
        all.put("mobilenet-v2", LightweightNets::mobileNetV2);
        all.put("shufflenet-v1", LightweightNets::shuffleNetV1);
        all.put("shufflenet-v2", LightweightNets::shuffleNetV2);
        all.put("resnet-18", ReferenceNets::resNet18);
        all.put("resnet-50", ReferenceNets::resNet50);
        return all;
    }

    /**
     * Returns the known names.
     *
     * @return the names
     */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * Makes a network with random weights.
     *
     * @param name one of {@link #names}, or {@code mlp-<h1>-<h2>-...} for a perceptron of such hidden layers on images of
     *     MNIST's size
     * @param density the share of non-zero weights by layer, 0 &lt; density &le; 1
     * @param seed of the weights; the same seed gives the same weights
     * @return the network; its name ends in {@code -synthetic}
     * @throws IllegalArgumentException if the name is unknown (the message has the nearest known one) or a density is
     *     outside its range
     */
    public static Network create(String name, ToDoubleFunction<String> density, long seed) {
        Consumer<NetworkBuilder> builder = PERCEPTRON.matcher(name).matches() ? perceptron(name) : ALL.get(name);
        if (builder == null) {
            throw new IllegalArgumentException("no published network is named " + name
                    + EditDistance.hint("; did you mean %s?", name, names()) + " Known: " + String.join(", ", names()));
        }
        NetworkBuilder net = new NetworkBuilder(name + "-synthetic", new SyntheticWeights(seed, density));
        builder.accept(net);
        return net.build();
    }
}
