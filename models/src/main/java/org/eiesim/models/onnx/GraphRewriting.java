package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;

/** Changes to every node, or every tensor, of a graph and of the graphs inside its nodes. */
final class GraphRewriting {
    private GraphRewriting() {}

    /** What takes the place of one node. */
    @FunctionalInterface
    interface OfNode {
        List<NodeProto> apply(NodeProto node) throws FormatException;
    }

    /** What takes the place of one tensor. */
    @FunctionalInterface
    interface OfTensor {
        TensorProto apply(TensorProto tensor) throws FormatException;
    }

    /** Puts nodes in the place of each node, those inside branches first. */
    static GraphProto nodes(GraphProto graph, OfNode change) throws FormatException {
        List<NodeProto> nodes = new ArrayList<>();
        for (NodeProto node : graph.getNodeList()) {
            nodes.addAll(change.apply(bodies(node, body -> nodes(body, change))));
        }
        return graph.toBuilder().clearNode().addAllNode(nodes).build();
    }

    /** Puts a tensor in the place of each initialiser and each tensor attribute. */
    static GraphProto tensors(GraphProto graph, OfTensor change) throws FormatException {
        GraphProto.Builder changed = graph.toBuilder().clearNode();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            changed.setInitializer(i, change.apply(graph.getInitializer(i)));
        }
        for (NodeProto node : graph.getNodeList()) {
            changed.addNode(tensors(node, change));
        }
        return changed.build();
    }

    private static NodeProto tensors(NodeProto node, OfTensor change) throws FormatException {
        NodeProto.Builder changed = bodies(node, body -> tensors(body, change)).toBuilder();
        for (int i = 0; i < changed.getAttributeCount(); i++) {
            AttributeProto attribute = changed.getAttribute(i);
            if (attribute.hasT()) {
                changed.setAttribute(
                        i,
                        attribute.toBuilder()
                                .setT(change.apply(attribute.getT()))
                                .build());
            }
        }
        return changed.build();
    }

    /** What takes the place of one graph. */
    @FunctionalInterface
    interface OfGraph {
        GraphProto apply(GraphProto graph) throws FormatException;
    }

    /** Puts a graph in the place of each graph inside a node. */
    static NodeProto bodies(NodeProto node, OfGraph change) throws FormatException {
        if (node.getAttributeList().stream().noneMatch(AttributeProto::hasG)) {
            return node;
        }
        NodeProto.Builder changed = node.toBuilder();
        for (int i = 0; i < node.getAttributeCount(); i++) {
            AttributeProto attribute = node.getAttribute(i);
            if (attribute.hasG()) {
                changed.setAttribute(
                        i,
                        attribute.toBuilder()
                                .setG(change.apply(attribute.getG()))
                                .build());
            }
        }
        return changed.build();
    }
}
