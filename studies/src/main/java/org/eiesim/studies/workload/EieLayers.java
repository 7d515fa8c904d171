package org.eiesim.studies.workload;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The nine benchmark layers of the EIE paper by their sizes and densities. The weights themselves were never published;
 * {@link SyntheticLayer} draws them.
 *
 * <p>Source: EIE Table III. The NeuralTalk layers have no biases, and the paper runs them with all inputs live.
 */
public final class EieLayers {
    /** The nine, in the paper's order. */
    public static final List<LayerShape> TABLE_III = List.of(
            new LayerShape("Alex-6", 9216, 4096, 0.09, 0.351, true),
            new LayerShape("Alex-7", 4096, 4096, 0.09, 0.353, true),
            new LayerShape("Alex-8", 4096, 1000, 0.25, 0.375, true),
            new LayerShape("VGG-6", 25088, 4096, 0.04, 0.183, true),
            new LayerShape("VGG-7", 4096, 4096, 0.04, 0.375, true),
            new LayerShape("VGG-8", 4096, 1000, 0.23, 0.411, true),
            new LayerShape("NT-We", 4096, 600, 0.10, 1, false),
            new LayerShape("NT-Wd", 600, 8791, 0.11, 1, false),
            new LayerShape("NT-LSTM", 1201, 2400, 0.10, 1, false));

    /** A layer of the size and densities of the AlexNet FC8 data the authors' simulator comes with. */
    public static final LayerShape FC8_LIKE = new LayerShape("fc8-like", 4096, 1000, 0.2566, 0.429, true);

    private EieLayers() {}

    /**
     * Finds a layer.
     *
     * @param name a name of the table, or that of {@link #FC8_LIKE}
     * @return the layer
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static LayerShape byName(String name) {
        if (name.equals(FC8_LIKE.name())) {
            return FC8_LIKE;
        }
        return TABLE_III.stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no layer \"" + name + "\", only "
                        + TABLE_III.stream().map(LayerShape::name).collect(Collectors.joining(", ")) + " and "
                        + FC8_LIKE.name()));
    }
}
