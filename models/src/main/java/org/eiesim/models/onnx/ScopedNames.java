package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;

/** Gives every value defined inside a branch a name of its own, so that branches can stand in place of their nodes. */
final class ScopedNames {
    private final FreshNames names;

    private ScopedNames(FreshNames names) {
        this.names = names;
    }

    /** Renames what is defined inside the nodes of a graph. */
    static GraphProto distinct(GraphProto graph, FreshNames names) throws FormatException {
        ScopedNames scoped = new ScopedNames(names);
        return graph.toBuilder()
                .clearNode()
                .addAllNode(scoped.nodes(graph, Map.of()))
                .build();
    }

    private List<NodeProto> nodes(GraphProto graph, Map<String, String> scope) throws FormatException {
        List<NodeProto> renamed = new ArrayList<>();
        for (NodeProto node : graph.getNodeList()) {
            NodeProto.Builder changed = GraphRewriting.bodies(node, body -> body(body, scope)).toBuilder();
            for (int i = 0; i < node.getInputCount(); i++) {
                changed.setInput(i, scope.getOrDefault(node.getInput(i), node.getInput(i)));
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                changed.setOutput(i, scope.getOrDefault(node.getOutput(i), node.getOutput(i)));
            }
            renamed.add(changed.build());
        }
        return renamed;
    }

    private GraphProto body(GraphProto body, Map<String, String> outer) throws FormatException {
        Map<String, String> scope = new HashMap<>(outer);
        for (ValueInfoProto input : body.getInputList()) {
            scope.put(input.getName(), names.take(input.getName()));
        }
        for (TensorProto tensor : body.getInitializerList()) {
            scope.put(tensor.getName(), names.take(tensor.getName()));
        }
        for (NodeProto node : body.getNodeList()) {
            for (String output : node.getOutputList()) {
                if (!output.isEmpty()) {
                    scope.put(output, names.take(output));
                }
            }
        }
        GraphProto.Builder renamed = body.toBuilder().clearNode();
        for (int i = 0; i < body.getInputCount(); i++) {
            renamed.setInput(i, renamed(body.getInput(i), scope));
        }
        for (int i = 0; i < body.getInitializerCount(); i++) {
            TensorProto tensor = body.getInitializer(i);
            renamed.setInitializer(
                    i, tensor.toBuilder().setName(scope.getOrDefault(tensor.getName(), tensor.getName())));
        }
        for (int i = 0; i < body.getOutputCount(); i++) {
            renamed.setOutput(i, renamed(body.getOutput(i), scope));
        }
        return renamed.addAllNode(nodes(body, scope)).build();
    }

    private static ValueInfoProto renamed(ValueInfoProto value, Map<String, String> scope) {
        return value.toBuilder()
                .setName(scope.getOrDefault(value.getName(), value.getName()))
                .build();
    }
}
