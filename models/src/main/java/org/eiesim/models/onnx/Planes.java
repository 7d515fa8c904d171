package org.eiesim.models.onnx;

import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;

/**
 * An operand of the axes samples, channels and any number of spatial ones, without the batch in the network. Where the
 * first axis is not the batch, its elements are so many samples inside one.
 *
 * @param value the network's value, {@code [channels, spatial...]}, or {@code [samples, channels, spatial...]} where
 *     there are several
 * @param numSamples extent of the first axis; 1 for a batch
 * @param numChannels extent of the second axis
 * @param spatial extents of the others
 * @param batchAxis the batch axis of the operand, 0 or {@link Operand#NO_BATCH}
 */
record Planes(String value, int numSamples, int numChannels, int[] spatial, int batchAxis) {
    /**
     * Looks at an operand as planes.
     *
     * @param node the node that reads it
     * @param graph the import
     * @param operand the operand
     * @throws FormatException if it has no spatial axis
     */
    static Planes of(OnnxNode node, GraphImport graph, Operand.Computed operand) throws FormatException {
        if (operand.onnxRank() < 3) {
            throw node.error("its input must have the axes batch, channels and at least one more, not "
                    + operand.onnxRank() + " axes");
        }
        Operand.Computed input = operand.batchAxis() > 0 ? BatchAxis.unbatched(node, graph, operand) : operand;
        int[] extents = input.onnxExtents();
        int[] spatial = Arrays.copyOfRange(extents, 2, extents.length);
        Operand.Computed sample = extents[0] == 1 ? BatchAxis.reshaped(node, graph, input, extents, 0) : input;
        return new Planes(sample.value(), extents[0], extents[1], spatial, input.batchAxis());
    }

    /** The number of spatial axes. */
    int rank() {
        return spatial.length;
    }

    /**
     * Returns what a node yields of them.
     *
     * @param node the node
     * @param graph the import
     * @param result a value of the network with the elements of {@code [samples, channels, spatial...]}
     * @param numChannels its channels
     * @param spatial its spatial extents
     */
    Operand.Computed yielding(OnnxNode node, GraphImport graph, String result, int numChannels, int... spatial) {
        int[] extents = new int[spatial.length + 2];
        extents[0] = numSamples;
        extents[1] = numChannels;
        System.arraycopy(spatial, 0, extents, 2, spatial.length);
        Operand.Computed value = new Operand.Computed(result, graph.shape(result), Operand.NO_BATCH);
        return BatchAxis.reshaped(node, graph, value, extents, batchAxis);
    }
}
