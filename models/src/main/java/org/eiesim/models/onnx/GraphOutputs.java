package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;

/** The outputs of a graph, each of which must be yielded by then. */
final class GraphOutputs {
    private final GraphImport graph;
    private final SignatureImport signature;

    private GraphOutputs(GraphImport graph, SignatureImport signature) {
        this.graph = graph;
        this.signature = signature;
    }

    /**
     * Finds what the outputs are in the network and notes them in its signature.
     *
     * @param proto the graph
     * @param graph its import, all of whose nodes are done
     * @param signature the signature
     * @return the values of the network, in order
     */
    static List<String> of(GraphProto proto, GraphImport graph, SignatureImport signature) throws FormatException {
        return new GraphOutputs(graph, signature).all(proto);
    }

    private List<String> all(GraphProto proto) throws FormatException {
        List<String> outputs = new ArrayList<>();
        for (ValueInfoProto output : proto.getOutputList()) {
            Operand operand = graph.find(output.getName());
            if (operand == null) {
                throw new FormatException("output " + LayerNames.shorten(output.getName()), "nothing yields it");
            }
            requireDeclaredType(output);
            if (operand instanceof Operand.Computed computed) {
                outputs.add(computed.value());
                signature.addOutput(output, computed, graph.batches());
            } else {
                outputs.add(constantOutput(output.getName(), (ConstantTensor) operand));
                signature.addOutput(output, (ConstantTensor) operand);
            }
        }
        if (outputs.isEmpty()) {
            throw new FormatException("graph", "it has no outputs");
        }
        return outputs;
    }

    /** Truth values must be declared as such. */
    private void requireDeclaredType(ValueInfoProto output) throws FormatException {
        DataType declared = DataType.forNumber(output.getType().getTensorType().getElemType());
        DataType actual = graph.types().of(output.getName());
        if (actual == DataType.BOOL && declared != null && declared != DataType.UNDEFINED && declared != actual) {
            throw new FormatException(
                    "output " + LayerNames.shorten(output.getName()),
                    "it is declared as " + declared + ", but its elements are " + actual);
        }
    }

    private String constantOutput(String output, ConstantTensor constant) throws FormatException {
        Tensor value = new Tensor(constant.shape(), constant.numbers());
        return graph.append(new TensorNode.Constant(graph.take(output), value), Operand.NO_BATCH)
                .value();
    }
}
