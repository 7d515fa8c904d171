package org.eiesim.studies.networks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How two networks differ.
 *
 * @param structure what differs besides the values of parameters, one line each
 * @param tensors the parameters of both, those of the first in its order, then those that only the second has
 */
public record NetworkDifference(List<String> structure, List<TensorDifference> tensors) {
    /**
     * How one parameter differs.
     *
     * @param key the parameter
     * @param first its shape in the first network, or null where that has none
     * @param second its shape in the second network, or null where that has none
     * @param values elements compared; 0 where shapes differ
     * @param differing those of them that differ; 0 and -0 are equal
     * @param zeros those of them that are 0 in one network only
     * @param codes codebook indices that differ, or null where not both have shared weights
     * @param largest the largest difference of two elements
     */
    public record TensorDifference(
            ParameterKey key,
            @Nullable Shape first,
            @Nullable Shape second,
            long values,
            long differing,
            long zeros,
            @Nullable Long codes,
            double largest) {
        /**
         * Tells whether the values or the shape differ; codes may, where codebooks list their values in another order.
         *
         * @return whether the networks compute with other values
         */
        public boolean differs() {
            return differing > 0 || first == null || !Objects.equals(first, second);
        }
    }

    /** Copies the lists. */
    public NetworkDifference {
        structure = List.copyOf(structure);
        tensors = List.copyOf(tensors);
    }

    /**
     * Compares two networks.
     *
     * @param first one of them
     * @param firstLayers its layers of shared weights, if any
     * @param second the other
     * @param secondLayers its layers of shared weights, if any
     * @return how they differ
     */
    public static NetworkDifference of(
            Network first, List<CompressedLayer> firstLayers, Network second, List<CompressedLayer> secondLayers) {
        Map<ParameterKey, Tensor> left = first.parameters();
        Map<ParameterKey, Tensor> right = second.parameters();
        Map<ParameterKey, CompressedLayer> leftLayers = byKey(firstLayers);
        Map<ParameterKey, CompressedLayer> rightLayers = byKey(secondLayers);
        Set<ParameterKey> keys = new LinkedHashSet<>(left.keySet());
        keys.addAll(right.keySet());
        List<TensorDifference> tensors = new ArrayList<>();
        for (ParameterKey key : keys) {
            tensors.add(
                    difference(key, left.get(key), right.get(key), codes(leftLayers.get(key), rightLayers.get(key))));
        }
        return new NetworkDifference(structure(first, second), tensors);
    }

    private static Map<ParameterKey, CompressedLayer> byKey(List<CompressedLayer> layers) {
        Map<ParameterKey, CompressedLayer> map = new HashMap<>();
        layers.forEach(layer -> map.put(layer.key(), layer));
        return map;
    }

    private static @Nullable Long codes(@Nullable CompressedLayer first, @Nullable CompressedLayer second) {
        if (first == null || second == null || !first.shape().equals(second.shape())) {
            return null;
        }
        long codes = 0;
        for (int i = 0; i < first.codes().length; i++) {
            codes += first.codes()[i] == second.codes()[i] ? 0 : 1;
        }
        return codes;
    }

    private static TensorDifference difference(
            ParameterKey key, @Nullable Tensor first, @Nullable Tensor second, @Nullable Long codes) {
        if (first == null || second == null || !first.shape().equals(second.shape())) {
            return new TensorDifference(
                    key,
                    first == null ? null : first.shape(),
                    second == null ? null : second.shape(),
                    0,
                    0,
                    0,
                    codes,
                    Double.NaN);
        }
        long differing = 0;
        long zeros = 0;
        double largest = 0;
        for (int i = 0; i < first.values().length; i++) {
            float a = first.values()[i];
            float b = second.values()[i];
            if (a != b && Float.compare(a, b) != 0) {
                differing++;
                zeros += (a == 0) == (b == 0) ? 0 : 1;
                largest = Math.max(largest, Math.abs((double) a - b));
            }
        }
        return new TensorDifference(
                key, first.shape(), second.shape(), first.values().length, differing, zeros, codes, largest);
    }

    private static List<String> structure(Network first, Network second) {
        List<String> lines = new ArrayList<>();
        if (!first.inputs().equals(second.inputs())) {
            lines.add("inputs " + inputs(first) + " against " + inputs(second));
        }
        if (!first.outputs().equals(second.outputs())) {
            lines.add("outputs " + String.join(", ", first.outputs()) + " against "
                    + String.join(", ", second.outputs()));
        }
        Map<String, Node> others = new LinkedHashMap<>();
        second.nodes().forEach(node -> others.put(node.name(), node));
        for (Node node : first.nodes()) {
            Node other = others.remove(node.name());
            if (other == null) {
                lines.add("node " + node.name() + " is in the first only");
            } else if (!isSame(node, other)) {
                lines.add("node " + node.name() + " computes or reads something else");
            }
        }
        others.keySet().forEach(name -> lines.add("node " + name + " is in the second only"));
        return lines;
    }

    private static String inputs(Network network) {
        return String.join(
                ", ",
                network.inputs().stream()
                        .map(input -> input.name() + " (" + input.shape() + ")")
                        .toList());
    }

    /** Compares everything but the values and shapes of parameters, which are compared one by one. */
    private static boolean isSame(Node first, Node second) {
        if (first.getClass() != second.getClass()
                || !first.inputs().equals(second.inputs())
                || !first.parameters().keySet().equals(second.parameters().keySet())) {
            return false;
        }
        boolean haveShapes = first.parameters().entrySet().stream().allMatch(entry -> {
            Tensor other = second.parameters().get(entry.getKey());
            return other != null && other.shape().equals(entry.getValue().shape());
        });
        return !haveShapes || first.equals(second.withParameters(first.parameters()));
    }

    /**
     * Tells whether the networks are the same but for their names.
     *
     * @return whether nothing differs
     */
    public boolean isEmpty() {
        return structure.isEmpty() && tensors.stream().noneMatch(TensorDifference::differs);
    }
}
