package org.eiesim.compiler.container;

import java.util.List;
import java.util.Optional;
import org.eiesim.compiler.compress.Provenance;

/**
 * What a container holds and costs as a whole.
 *
 * @param networkName the network's name
 * @param provenance where it comes from
 * @param fileBytes the file's size
 * @param denseBytes the same parameters as float32: {@code 4 * (weights + biases)}, those that no layer codes included
 * @param sections the parts of the file in order, the header first; their sizes add up to {@code fileBytes}
 * @param layers the coded layers, in node order
 */
public record FileStatistics(
        String networkName,
        Provenance provenance,
        long fileBytes,
        long denseBytes,
        List<SectionSize> sections,
        List<LayerStatistics> layers) {
    /**
     * One part of the file.
     *
     * @param name its name, as in errors
     * @param offset its first byte
     * @param bytes its size
     */
    public record SectionSize(String name, long offset, long bytes) {}

    /** Copies the lists. */
    public FileStatistics {
        sections = List.copyOf(sections);
        layers = List.copyOf(layers);
    }

    /**
     * Returns how many times smaller the file is than the dense parameters.
     *
     * @return {@code denseBytes / fileBytes}
     */
    public double ratio() {
        return (double) denseBytes / fileBytes;
    }

    /**
     * Returns the sum over all layers.
     *
     * @return a row named {@code total}, empty where no layer is coded
     */
    public Optional<LayerStatistics> total() {
        return layers.stream().reduce((sum, layer) -> sum.plus("total", layer));
    }
}
