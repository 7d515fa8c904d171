package org.eiesim.models.onnx;

import java.util.List;
import org.eiesim.models.network.Network;

/**
 * An imported network, and what has become of every node of its file.
 *
 * @param network the network
 * @param nodes the nodes of the file in an order in which they can run, those of functions in the place of their calls; then
 *     those that nothing reads
 */
public record ImportReport(Network network, List<ImportedNode> nodes) {
    /** Copies the list. */
    public ImportReport {
        nodes = List.copyOf(nodes);
    }
}
