package org.eiesim.compiler.compress;

import java.util.List;
import org.eiesim.models.importers.DeepCompressionNet;

/** Takes over shared weights as another tool chose them. */
public final class SharedWeightImport {
    private SharedWeightImport() {}

    /**
     * Turns an imported network into a compressed one: codebooks and codes stay the authors'; how entries are indexed is
     * chosen anew when the network is written or compiled.
     *
     * @param net the imported network; its arrays belong to the result from now on
     * @param toolVersion the version of this tool
     * @return the compressed network; its seed is 0 and its recipe empty, as nothing was chosen
     */
    public static CompressedNetwork of(DeepCompressionNet net, String toolVersion) {
        List<CompressedLayer> layers = net.layers().stream()
                .map(layer -> new CompressedLayer(layer.key(), layer.shape(), layer.codebook(), layer.codes()))
                .toList();
        return new CompressedNetwork(
                net.network(), layers, new Provenance(net.network().name(), "", 0, toolVersion));
    }
}
