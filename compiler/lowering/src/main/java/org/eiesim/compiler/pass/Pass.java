package org.eiesim.compiler.pass;

import java.util.Set;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.kernels.bits.FormatException;

/** A step of lowering that yields a graph again. Passes have no state but their options. */
interface Pass extends Stage {
    /**
     * Returns what the operations of a graph may be for this pass.
     *
     * @return the forms it takes
     */
    Set<Form> takes();

    /**
     * Lowers a graph by one step.
     *
     * @param graph the graph, not changed
     * @return the lowered graph
     * @throws FormatException if the network or the machine does not allow it; the section names the node or layer
     */
    Graph run(Graph graph) throws FormatException;
}
