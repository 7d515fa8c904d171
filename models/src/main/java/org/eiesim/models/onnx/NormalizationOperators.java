package org.eiesim.models.onnx;

import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Normalisations. */
final class NormalizationOperators {
    private NormalizationOperators() {}

    /** Imports BatchNormalization for inference. */
    static void batch(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(5, 5);
        node.requireOneOutput();
        node.number("momentum", 0);
        long spatial = node.integer("spatial", 1);
        if (spatial != 1) {
            throw node.unsupported("spatial", spatial);
        }
        long training = node.integer("training_mode", 0);
        if (training != 0) {
            throw node.unsupported("training_mode", training);
        }
        Operand.Computed input = node.computed(0);
        input = BatchAxis.batched(node, graph, input, 0);
        graph.add(
                node,
                new NormalizationNode.Batch(
                        graph.name(node, node.constant(1).name()),
                        input.value(),
                        vector(node.constant(1)),
                        vector(node.constant(2)),
                        vector(node.constant(3)),
                        vector(node.constant(4)),
                        node.number("epsilon", 1e-5f)));
    }

    /** Imports LayerNormalization. */
    static void layer(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        node.requireOneOutput();
        node.ignore("stash_type");
        Operand.Computed input = node.computed(0);
        int[] extents = input.onnxExtents();
        int axis = node.axis("axis", -1, extents.length);
        if (axis <= input.batchAxis()) {
            input = BatchAxis.unbatched(node, graph, input);
        }
        int[] run = Arrays.copyOfRange(extents, axis, extents.length);
        graph.add(
                node,
                new NormalizationNode.Layer(
                        graph.name(node, node.constant(1).name()),
                        input.value(),
                        run(node, node.constant(1), run),
                        node.hasInput(2) ? run(node, node.constant(2), run) : null,
                        node.number("epsilon", 1e-5f)),
                input.batchAxis());
    }

    private static Tensor run(OnnxNode node, ConstantTensor constant, int[] run) throws FormatException {
        if (!Arrays.equals(constant.extents(), run)) {
            throw node.error("constant " + LayerNames.shorten(constant.name()) + " of shape (" + constant.shape()
                    + ") is not of the shape " + Shape.of(run));
        }
        return vector(constant);
    }

    /** Imports LRN. */
    static void localResponse(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        input = BatchAxis.batched(node, graph, input, 0);
        long size = node.integer("size", 0);
        if (size < 1 || size > Short.MAX_VALUE || size % 2 == 0) {
            throw node.unsupported("size", size + " (it must be odd)");
        }
        graph.add(
                node,
                new NormalizationNode.LocalResponse(
                        graph.name(node, null),
                        input.value(),
                        (int) size,
                        node.number("alpha", 1e-4f),
                        node.number("beta", 0.75f),
                        node.number("bias", 1)));
    }

    private static Tensor vector(ConstantTensor constant) throws FormatException {
        float[] values = constant.floats();
        return new Tensor(Shape.of(values.length), values);
    }
}
