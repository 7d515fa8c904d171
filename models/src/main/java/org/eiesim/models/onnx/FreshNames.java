package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Set;

/** Names of values that nothing in a graph bears yet. */
final class FreshNames {
    private final Set<String> taken = new HashSet<>();

    /** Notes every name of a graph and of the graphs inside its nodes. */
    FreshNames(GraphProto graph) {
        note(graph);
    }

    private void note(GraphProto graph) {
        graph.getInputList().forEach(input -> taken.add(input.getName()));
        graph.getInitializerList().forEach(tensor -> taken.add(tensor.getName()));
        for (NodeProto node : graph.getNodeList()) {
            taken.addAll(node.getInputList());
            taken.addAll(node.getOutputList());
            node.getAttributeList().stream().filter(AttributeProto::hasG).forEach(body -> note(body.getG()));
        }
    }

    /** Takes a name that begins with another one. */
    String take(String wanted) {
        String name = wanted;
        for (int count = 2; !taken.add(name); count++) {
            name = wanted + "_" + count;
        }
        return name;
    }
}
