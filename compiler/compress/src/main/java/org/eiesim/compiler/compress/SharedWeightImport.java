package org.eiesim.compiler.compress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eiesim.models.importers.DeepCompressionNet;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;

/** Takes over shared weights as another tool chose them. */
public final class SharedWeightImport {
    private static final int MAX_CODEBOOK = 256;

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

    /**
     * Turns a network into a compressed one without any change of its weights: a tensor of at most 256 different values, 0
     * counted, becomes a layer with those as its codebook, in ascending order behind the 0; others stay float32.
     *
     * @param network the network, all of its weights finite
     * @param toolVersion the version of this tool
     * @return the compressed network; its seed is 0 and its recipe empty, as nothing was chosen
     */
    public static CompressedNetwork of(Network network, String toolVersion) {
        List<CompressedLayer> layers = new ArrayList<>();
        network.weights().forEach((key, tensor) -> {
            float[] codebook = codebook(tensor);
            if (codebook.length <= MAX_CODEBOOK) {
                layers.add(new CompressedLayer(key, tensor.shape(), codebook, codes(tensor, codebook)));
            }
        });
        return new CompressedNetwork(network, layers, new Provenance(network.name(), "", 0, toolVersion));
    }

    /**
     * Lists the weights that are not shared.
     *
     * @param network a compressed network
     * @return the weight tensors that have no layer, in node order
     */
    public static List<ParameterKey> unshared(CompressedNetwork network) {
        Set<ParameterKey> shared =
                network.layers().stream().map(CompressedLayer::key).collect(Collectors.toSet());
        return network.network().weights().keySet().stream()
                .filter(key -> !shared.contains(key))
                .toList();
    }

    /** Collects the different values, 0 first; one more than a codebook holds where there are too many. */
    private static float[] codebook(Tensor tensor) {
        TreeSet<Float> different = new TreeSet<>();
        for (float value : tensor.values()) {
            if (value != 0 && different.add(value) && different.size() == MAX_CODEBOOK) {
                break;
            }
        }
        float[] codebook = new float[Math.max(2, 1 + different.size())];
        int entry = 1;
        for (float value : different) {
            codebook[entry++] = value;
        }
        return codebook;
    }

    private static byte[] codes(Tensor tensor, float[] codebook) {
        float[] values = tensor.values();
        byte[] codes = new byte[values.length];
        for (int i = 0; i < codes.length; i++) {
            if (values[i] != 0) {
                codes[i] = (byte) Arrays.binarySearch(codebook, 1, codebook.length, values[i]);
            }
        }
        return codes;
    }
}
