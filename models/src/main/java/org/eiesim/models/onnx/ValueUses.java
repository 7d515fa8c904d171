package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts who reads each value, looking through nodes that only pass a value on. */
final class ValueUses {
    private final Map<String, String> passedOn = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> sequences = new HashSet<>();

    /**
     * Counts the uses in a graph.
     *
     * @param graph the graph
     */
    ValueUses(GraphProto graph) {
        count(graph);
    }

    private void count(GraphProto graph) {
        graph.getNodeList().forEach(this::add);
        for (ValueInfoProto output : graph.getOutputList()) {
            counts.merge(root(output.getName()), 1, Integer::sum);
        }
    }

    /** Counts what one more node reads. */
    void add(NodeProto node) {
        boolean passesOn = PassThroughOperators.passesOn(node.getOpType());
        for (int i = 0; i < node.getInputCount(); i++) {
            if (passesOn && i == 0 && node.getOutputCount() > 0) {
                passedOn.putIfAbsent(node.getOutput(0), root(node.getInput(0)));
            } else {
                counts.merge(root(node.getInput(i)), 1, Integer::sum);
            }
        }
        if (RecurrentOperators.readsStepsFirst(node)) {
            // The states they start with have the batch behind the directions as well.
            for (int i : new int[] {0, 5, 6}) {
                if (i < node.getInputCount() && !node.getInput(i).isEmpty()) {
                    sequences.add(root(node.getInput(i)));
                }
            }
        }
        node.getAttributeList().stream().filter(AttributeProto::hasG).forEach(body -> count(body.getG()));
    }

    /** Tells whether a recurrent cell reads a value as steps, then batch. */
    boolean isSequence(String value) {
        return sequences.contains(root(value));
    }

    /** Returns how often a value is read by nodes that do something with it, or is an output. */
    int count(String value) {
        return counts.getOrDefault(root(value), 0);
    }

    private String root(String value) {
        return passedOn.getOrDefault(value, value);
    }
}
