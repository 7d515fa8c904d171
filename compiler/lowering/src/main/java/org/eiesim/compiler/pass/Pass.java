package org.eiesim.compiler.pass;

import org.eiesim.compiler.ir.Graph;
import org.eiesim.kernels.bits.FormatException;

/** A step of lowering that yields a graph again. Passes have no state. */
interface Pass extends Stage {
    /**
     * Lowers a graph by one step.
     *
     * @param graph the graph, not changed
     * @return the lowered graph
     * @throws FormatException if the network or the machine does not allow it; the section names the node or layer
     */
    Graph run(Graph graph) throws FormatException;
}
