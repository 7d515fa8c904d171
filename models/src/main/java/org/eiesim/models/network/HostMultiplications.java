package org.eiesim.models.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.jspecify.annotations.Nullable;

/** Finds the nodes that multiply by constants and are no layers, so that the host does it and not the machine. */
public final class HostMultiplications {
    private final Map<String, Tensor> constants = new HashMap<>();

    private HostMultiplications(Network network) {
        for (Node node : network.nodes()) {
            if (node instanceof TensorNode.Constant constant) {
                constants.put(constant.name(), constant.value());
            }
        }
    }

    /**
     * Describes these nodes: batch normalisations that no layer before them takes in, products with a constant that are no
     * dense layer, and factors of more than one value. One factor for a whole value is left out.
     *
     * @param network the network
     * @return one line per node that names it and says why, in node order
     */
    public static List<String> notes(Network network) {
        HostMultiplications found = new HostMultiplications(network);
        List<String> notes = new ArrayList<>();
        for (Node node : network.nodes()) {
            String reason = found.reason(node);
            if (reason != null) {
                notes.add(node.name() + " multiplies by constants on the host: " + reason);
            }
        }
        return notes;
    }

    private @Nullable String reason(Node node) {
        if (node instanceof NormalizationNode.Batch) {
            return "a batch normalisation whose input is not that of a layer that it alone reads";
        }
        if (node instanceof TensorNode.MatrixProduct product && size(product.left(), product.right()) > 0) {
            return "a product with a constant that is no matrix";
        }
        if (node instanceof Node.Arithmetic arithmetic
                && (arithmetic.operator() == ArithmeticOperator.MULTIPLY
                        || arithmetic.operator() == ArithmeticOperator.DIVIDE)) {
            int size = size(arithmetic.left(), arithmetic.right());
            return size > 1 ? "an element-wise factor of " + size + " values" : null;
        }
        return null;
    }

    /** Returns the number of values of the constant one of two operands is, or 0. */
    private int size(String left, String right) {
        Tensor constant = constants.containsKey(left) ? constants.get(left) : constants.get(right);
        return constant == null ? 0 : constant.values().length;
    }
}
