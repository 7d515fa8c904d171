package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;

/** Turns one ONNX node into nodes of the network. */
@FunctionalInterface
interface OperatorImporter {
    /**
     * Imports a node: reads its operands and every attribute it understands, and adds what it means to the graph.
     *
     * @param node the node
     * @param graph the import it belongs to
     * @throws FormatException if the node has no exact counterpart
     */
    void accept(OnnxNode node, GraphImport graph) throws FormatException;
}
