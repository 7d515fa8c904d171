package org.eiesim.models.zoo;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The share of weights that pruning left in the layers of {@link PublishedNetworks}, where it was published; {@value
 * #DEFAULT} in every layer elsewhere.
 *
 * <p>Source: Deep Compression Tables 2 to 5; EIE Table III for NeuralTalk.
 */
public final class PublishedDensities {
    /** The density of a layer for which none is published. */
    public static final double DEFAULT = 0.3;

    private static final PublishedDensities NONE = new PublishedDensities(DEFAULT + " in every layer", Map.of());

    private static final Map<String, PublishedDensities> BY_NETWORK = Map.of(
            "lenet-300-100", published("Deep Compression Table 2", "fc1 8 fc2 9 fc3 26"),
            "lenet-5", published("Deep Compression Table 3", "conv1 66 conv2 12 ip1 8 ip2 19"),
            "alexnet",
                    published(
                            "Deep Compression Table 4",
                            "conv1 84 conv2 38 conv3 35 conv4 37 conv5 37 fc6 9 fc7 9 fc8 25"),
            "vgg-16",
                    published(
                            "Deep Compression Table 5",
                            "conv1_1 58 conv1_2 22 conv2_1 34 conv2_2 36 conv3_1 53 conv3_2 24 conv3_3 42 conv4_1 32"
                                    + " conv4_2 27 conv4_3 34 conv5_1 35 conv5_2 29 conv5_3 36 fc6 4 fc7 4 fc8 23"),
            "neuraltalk", published("EIE Table III", "We 10 lstm 11 Wd 11"));

    private final String source;
    private final Map<String, Double> byLayer;

    private PublishedDensities(String source, Map<String, Double> byLayer) {
        this.source = source;
        this.byLayer = byLayer;
    }

    /** Reads layers and percentages as the papers print them, one after another. */
    private static PublishedDensities published(String source, String percentages) {
        String[] words = percentages.split(" ");
        Map<String, Double> byLayer = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            byLayer.put(words[i], Integer.parseInt(words[i + 1]) / 100.0);
        }
        return new PublishedDensities(source, byLayer);
    }

    /**
     * Returns the densities of a network.
     *
     * @param network any name; one without published densities gets the default in every layer
     * @return its densities
     */
    public static PublishedDensities of(String network) {
        return BY_NETWORK.getOrDefault(network, NONE);
    }

    /**
     * Says where the densities are from.
     *
     * @return a paper and its table, or that it is the default
     */
    public String source() {
        return source;
    }

    /**
     * Returns the densities by layer, as {@link PublishedNetworks#create} takes them.
     *
     * @return the share of non-zero weights for the name of a layer
     */
    public ToDoubleFunction<String> byLayer() {
        return layer -> byLayer.getOrDefault(layer, DEFAULT);
    }
}
