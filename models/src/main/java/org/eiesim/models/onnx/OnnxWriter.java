package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.io.IOException;
import java.nio.file.Path;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.network.Network;

/**
 * Writes ONNX files, operator set 13, or 19 where average pooling is dilated or rounds up and counts padding; weights inside as float32. Nodes and values bear the names they have in the
 * network, weights the node's name with {@code .weight} or {@code .bias}; inputs and outputs are those of
 * {@link Network#signature}, and without one the batch axis is left open. The same network gives the same bytes.
 */
public final class OnnxWriter {
    private static final int IR_VERSION = 7;
    private static final String PRODUCER = "eiesim";

    private OnnxWriter() {}

    /**
     * Writes a file, whole or not at all.
     *
     * @param network the network
     * @param path the file; replaced if it exists
     * @throws IllegalArgumentException if the network's shapes do not fit together
     * @throws IOException if writing fails
     */
    public static void write(Network network, Path path) throws IOException {
        ModelProto model = toModel(network);
        AtomicFiles.write(path, model::writeTo);
    }

    /**
     * Returns a network as the content of a file.
     *
     * @param network the network
     * @return the message an ONNX file holds
     * @throws IllegalArgumentException if the network's shapes do not fit together
     */
    static ModelProto toModel(Network network) {
        GraphExport export = new GraphExport(network);
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(PRODUCER)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(export.opset()))
                .setGraph(export.run())
                .build();
    }
}
