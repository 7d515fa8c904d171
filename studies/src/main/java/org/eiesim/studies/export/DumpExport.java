package org.eiesim.studies.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.dump.DumpWriter;
import org.eiesim.compiler.export.LayerExport;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Writes every coded layer of a network as a dump folder, with the input it has when the network is run on one input.
 * The input of a dense layer is what the layer reads (its first vector where it reads several); that of any other layer
 * is a vector of uniform random numbers in 0..1.
 */
public final class DumpExport {
    private static final long SEED = 1;

    private final CompressedNetwork network;
    private final Map<String, float[]> values = new HashMap<>();
    private final Random random = new Random(SEED);

    /**
     * Prepares an export.
     *
     * @param network the network
     * @param input one input, all inputs of the network one after another; finite; not changed
     * @throws IllegalArgumentException if its length is wrong
     */
    public DumpExport(CompressedNetwork network, float[] input) {
        this.network = network;
        if (input.length != inputLength(network.network())) {
            throw new IllegalArgumentException(
                    "an input of " + input.length + " values, the network takes " + inputLength(network.network()));
        }
        Map<String, float[]> inputs = new HashMap<>();
        int offset = 0;
        for (Network.Input port : network.network().inputs()) {
            int length = port.shape().size();
            inputs.put(port.name(), Arrays.copyOfRange(input, offset, offset + length));
            offset += length;
        }
        values.putAll(inputs);
        values.putAll(new ReferenceExecutor(network.network()).runAll(inputs));
    }

    /**
     * Returns how many values one input of a network has.
     *
     * @param network the network
     * @return the sum over its inputs
     */
    public static int inputLength(Network network) {
        return network.inputs().stream().mapToInt(port -> port.shape().size()).sum();
    }

    /**
     * One folder of an export.
     *
     * @param layer the layer, and group where it has several
     * @param folder the folder's name
     * @param inputs inputs of the product
     * @param outputs outputs of the product
     * @param entries entries of all PEs
     * @param liveInputs inputs above 0, which are those a dump broadcasts
     * @param negativeInputs inputs below 0, which a dump leaves out
     * @param largestBiasError the largest difference that putting the bias through the codebook made
     */
    public record Item(
            String layer,
            String folder,
            int inputs,
            int outputs,
            long entries,
            int liveInputs,
            int negativeInputs,
            float largestBiasError) {}

    /**
     * Writes all folders, whole or not at all.
     *
     * @param folder the folder for them; must not exist, or be empty
     * @param numPes processing elements, 1..4096
     * @return what was written
     * @throws IOException if writing fails
     * @throws IllegalArgumentException if a layer does not fit a dump
     */
    public List<Item> write(Path folder, int numPes) throws IOException {
        List<Item> items = new ArrayList<>();
        FileNames names = new FileNames();
        AtomicFiles.writeFolder(folder, part -> {
            for (CompressedLayer layer : network.layers()) {
                int groups = groups(node(layer));
                for (int group = 0; group < groups; group++) {
                    String name = layer.key().layerName() + (groups == 1 ? "" : ".group" + group);
                    items.add(write(part, names.of(name), name, layer, group, groups, numPes));
                }
            }
        });
        return List.copyOf(items);
    }

    private Item write(Path part, String folder, String name, CompressedLayer layer, int group, int groups, int numPes)
            throws IOException {
        float[] inputs = inputs(layer);
        LayerExport export = LayerExport.of(layer, bias(layer), group, groups, inputs, numPes);
        DumpWriter.write(part.resolve(folder), export.dump());
        int live = 0;
        int negative = 0;
        for (float input : inputs) {
            live += input > 0 ? 1 : 0;
            negative += input < 0 ? 1 : 0;
        }
        return new Item(
                name,
                folder,
                inputs.length,
                export.dump().numOutputs(),
                export.dump().matrix().numEntries(),
                live,
                negative,
                export.largestBiasError());
    }

    private Node node(CompressedLayer layer) {
        return network.network().nodes().stream()
                .filter(node -> node.name().equals(layer.key().node()))
                .findFirst()
                .orElseThrow();
    }

    private static int groups(Node node) {
        return node instanceof Node.Convolution convolution ? convolution.groups() : 1;
    }

    private float @Nullable [] bias(CompressedLayer layer) {
        if (!layer.key().role().equals(ParameterKey.WEIGHT)) {
            return null;
        }
        Tensor bias = node(layer).parameters().get(ParameterKey.BIAS);
        return bias == null || bias.values().length != layer.shape().extent(0) ? null : bias.values();
    }

    private float[] inputs(CompressedLayer layer) {
        int length = layer.shape().size() / Math.max(1, layer.shape().extent(0));
        if (node(layer) instanceof Node.Dense dense) {
            float[] read = values.get(dense.input());
            if (read != null && read.length >= length) {
                return Arrays.copyOf(read, length);
            }
        }
        float[] inputs = new float[length];
        for (int i = 0; i < length; i++) {
            inputs[i] = random.nextFloat();
        }
        return inputs;
    }
}
