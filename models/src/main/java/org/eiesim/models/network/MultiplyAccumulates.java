package org.eiesim.models.network;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts multiply-accumulate operations of one sample, zeros included: of a dense layer {@code rows * outputs * inputs}, of
 * a convolution {@code positions * weights}, of a recurrent cell {@code steps * weights}, of a product of two values {@code
 * results * inner}. Other nodes have none.
 */
public final class MultiplyAccumulates {
    private MultiplyAccumulates() {}

    /**
     * Counts the operations of a network.
     *
     * @param network the network
     * @return the sum over its nodes
     * @throws IllegalArgumentException if its shapes do not fit together
     */
    public static long count(Network network) {
        return perNode(network).values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Counts the operations of each node.
     *
     * @param network the network
     * @return the count by node, in node order; nodes without such operations are left out
     * @throws IllegalArgumentException if its shapes do not fit together
     */
    public static Map<String, Long> perNode(Network network) {
        Map<String, Shape> shapes = ShapeInference.infer(network);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            long count = count(node, shapes);
            if (count > 0) {
                counts.put(node.name(), count);
            }
        }
        return counts;
    }

    private static long count(Node node, Map<String, Shape> shapes) {
        long size = size(shapes, node.name());
        if (node instanceof Node.Dense dense) {
            return size * dense.weight().shape().extent(1);
        }
        if (node instanceof Node.Convolution convolution) {
            Shape weight = convolution.weight().shape();
            return size / weight.extent(0) * weight.size();
        }
        if (node instanceof Node.Recurrent recurrent) {
            long steps = size / recurrent.hidden() - (recurrent.options().yieldsCell() ? 1 : 0);
            return steps
                    * (recurrent.inputWeight().shape().size()
                            + recurrent.recurrentWeight().shape().size());
        }
        if (node instanceof TensorNode.MatrixProduct product) {
            Shape left = shapes.getOrDefault(product.left(), Shape.of());
            return size * left.extent(left.rank() - 1);
        }
        return 0;
    }

    private static long size(Map<String, Shape> shapes, String value) {
        return shapes.getOrDefault(value, Shape.of(0)).size();
    }
}
