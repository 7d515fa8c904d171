package org.eiesim.compiler.container;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;

/**
 * How one kind of node is written after its kind and name.
 *
 * @param <N> the node type
 * @param kind the number that stands for it in files; never given to another kind
 * @param type the node type
 * @param writer writes its attributes
 * @param reader reads them
 */
record NodeCodec<N extends Node>(int kind, Class<N> type, Writer<N> writer, Reader<N> reader) {
    /** Writes a node's attributes. */
    interface Writer<N> {
        void write(GraphWriter out, N node);
    }

    /** Reads a node's attributes. */
    interface Reader<N> {
        N read(GraphReader in, String name) throws FormatException;
    }

    void write(GraphWriter out, Node node) {
        writer.write(out, type.cast(node));
    }

    N read(GraphReader in, String name) throws FormatException {
        return reader.read(in, name);
    }
}
