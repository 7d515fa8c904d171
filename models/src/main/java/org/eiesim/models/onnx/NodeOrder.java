package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;

/** The nodes of a graph that its outputs need, each after those whose values it reads. */
final class NodeOrder {
    private final List<NodeProto> nodes;
    private final Map<String, Integer> producers = new HashMap<>();
    private final boolean[] isTaken;
    private final List<NodeProto> order = new ArrayList<>();

    /** A node on the way, and how many of the nodes it needs have been looked at. */
    private static final class Visit {
        private final int node;
        private final List<Integer> needs;
        private int next;

        private Visit(int node, List<Integer> needs) {
            this.node = node;
            this.needs = needs;
        }
    }

    private NodeOrder(List<NodeProto> nodes) {
        this.nodes = nodes;
        isTaken = new boolean[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            for (String output : nodes.get(i).getOutputList()) {
                producers.putIfAbsent(output, i);
            }
        }
    }

    /**
     * Orders a graph. Nodes that stand in order stay as they stand.
     *
     * @param graph the graph
     * @return its nodes without those that no output needs; the nodes of a cycle come in some order
     */
    static List<NodeProto> of(GraphProto graph) {
        boolean[] isNeeded = needed(graph);
        NodeOrder order = new NodeOrder(graph.getNodeList());
        for (int i = 0; i < isNeeded.length; i++) {
            if (isNeeded[i]) {
                order.take(i);
            }
        }
        return order.order;
    }

    private static boolean[] needed(GraphProto graph) {
        NodeOrder order = new NodeOrder(graph.getNodeList());
        for (ValueInfoProto output : graph.getOutputList()) {
            Integer producer = order.producers.get(output.getName());
            if (producer != null) {
                order.take(producer);
            }
        }
        // A node without outputs, and two nodes that yield one value, are errors, which are found where the node is
        // imported.
        for (int i = 0; i < order.isTaken.length; i++) {
            if (graph.getNode(i).getOutputList().stream().allMatch(String::isEmpty)) {
                order.take(i);
            }
            for (String output : graph.getNode(i).getOutputList()) {
                int producer = order.producers.getOrDefault(output, i);
                if (producer != i && order.isTaken[producer]) {
                    order.take(i);
                }
            }
        }
        return order.isTaken;
    }

    private void take(int first) {
        Deque<Visit> stack = new ArrayDeque<>();
        push(stack, first);
        while (!stack.isEmpty()) {
            Visit visit = stack.getLast();
            if (visit.next == visit.needs.size()) {
                order.add(nodes.get(visit.node));
                stack.removeLast();
            } else {
                push(stack, visit.needs.get(visit.next++));
            }
        }
    }

    private void push(Deque<Visit> stack, int node) {
        if (!isTaken[node]) {
            isTaken[node] = true;
            Set<String> reads = new LinkedHashSet<>();
            addReads(nodes.get(node), reads);
            List<Integer> needs = new ArrayList<>();
            for (String read : reads) {
                Integer producer = producers.get(read);
                if (producer != null && !read.isEmpty()) {
                    needs.add(producer);
                }
            }
            stack.addLast(new Visit(node, needs));
        }
    }

    /** Adds what a node reads, and whatever is read in graphs inside it, though some of that is defined there. */
    private static void addReads(NodeProto node, Set<String> reads) {
        reads.addAll(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                attribute.getG().getNodeList().forEach(inner -> addReads(inner, reads));
                attribute.getG().getOutputList().forEach(output -> reads.add(output.getName()));
            }
        }
    }

    /** Refuses a graph two of whose nodes bear one name. */
    static void requireDistinctNames(GraphProto proto) throws FormatException {
        Set<String> taken = new HashSet<>();
        for (NodeProto node : proto.getNodeList()) {
            if (!node.getName().isEmpty() && !taken.add(node.getName())) {
                throw new FormatException("graph", "two nodes are named " + LayerNames.shorten(node.getName()));
            }
        }
    }
}
