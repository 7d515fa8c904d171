package org.eiesim.models.onnx;

import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Constants that are added to the outputs of a layer. */
final class BiasOperand {
    private BiasOperand() {}

    /**
     * Spreads a constant over the outputs, which lie on the last axis.
     *
     * @param node the node that adds it
     * @param constant the constant: one element, or one per output on its last axis
     * @param numOutputs number of outputs
     * @param maxRank axes of the value it is added to
     * @return {@code [numOutputs]}
     * @throws FormatException if it differs along another axis, or does not hold finite values
     */
    static Tensor spread(OnnxNode node, ConstantTensor constant, int numOutputs, int maxRank) throws FormatException {
        Shape shape = constant.shape();
        int last = shape.rank() == 0 ? 1 : shape.extent(shape.rank() - 1);
        if (!fits(constant, numOutputs, maxRank)) {
            throw node.error("constant " + LayerNames.shorten(constant.name()) + " of shape (" + shape
                    + ") is not one value per output (" + numOutputs + ")");
        }
        float[] values = constant.floats();
        if (last != numOutputs) {
            float value = values[0];
            values = new float[numOutputs];
            Arrays.fill(values, value);
        }
        return new Tensor(Shape.of(numOutputs), values);
    }

    /** Tells whether a constant is one value, or one per output on its last axis. */
    static boolean fits(ConstantTensor constant, int numOutputs, int maxRank) throws FormatException {
        Shape shape = constant.shape();
        int last = shape.rank() == 0 ? 1 : shape.extent(shape.rank() - 1);
        return shape.rank() <= maxRank && shape.size() == last && (last == 1 || last == numOutputs);
    }
}
