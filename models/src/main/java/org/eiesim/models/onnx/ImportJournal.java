package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/** What the import of a graph has made of its nodes, written down as it goes. */
final class ImportJournal {
    private record Entry(
            OnnxNode node,
            List<String> added,
            Set<String> changed,
            @Nullable Operand first) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Node> added = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    /** Notes that a node of the network was put in the place of one of the same name. */
    void change(String name) {
        changed.add(name);
    }

    /**
     * Notes a node of the file.
     *
     * @param node the node
     * @param nodes what it has added to the network
     * @param first what its first output has become
     */
    void add(OnnxNode node, List<Node> nodes, @Nullable Operand first) {
        nodes.forEach(one -> added.put(one.name(), one));
        List<String> names = nodes.stream().map(Node::name).toList();
        changed.removeAll(names);
        entries.add(new Entry(node, names, Set.copyOf(changed), first));
        changed.clear();
    }

    /**
     * Says what has become of the nodes of a file.
     *
     * @param file its graph
     * @param network the network in the end, with some nodes folded into others
     */
    List<ImportedNode> report(GraphProto file, Network network) {
        Map<String, Node> kept = new HashMap<>();
        network.nodes().forEach(node -> kept.put(node.name(), node));
        Map<String, List<String>> readers = new HashMap<>();
        added.values()
                .forEach(node -> node.inputs()
                        .forEach(input -> readers.computeIfAbsent(input, name -> new ArrayList<>())
                                .add(node.name())));
        List<ImportedNode> report = new ArrayList<>();
        Set<String> yielded = new HashSet<>();
        for (Entry entry : entries) {
            yielded.add(entry.node().output());
            report.add(imported(entry, kept, readers));
        }
        for (NodeProto node : file.getNodeList()) {
            if (node.getOutputList().stream().noneMatch(yielded::contains)) {
                String name = node.getName().isEmpty() ? String.join(", ", node.getOutputList()) : node.getName();
                report.add(new ImportedNode(name, node.getOpType(), ImportedNode.Outcome.UNREAD, List.of()));
            }
        }
        return report;
    }

    private ImportedNode imported(Entry entry, Map<String, Node> kept, Map<String, List<String>> readers) {
        String name = entry.node().name().isEmpty()
                ? entry.node().output()
                : entry.node().name();
        List<String> own = entry.added().stream().filter(kept::containsKey).toList();
        ImportedNode.Outcome outcome;
        Set<String> becomes = new LinkedHashSet<>(own);
        if (!own.isEmpty()) {
            outcome = outcome(own, kept);
        } else if (!entry.added().isEmpty() || !entry.changed().isEmpty()) {
            outcome = ImportedNode.Outcome.FOLDED;
            entry.added().forEach(one -> follow(one, kept, readers, becomes, new HashSet<>()));
            entry.changed().forEach(one -> follow(one, kept, readers, becomes, new HashSet<>()));
        } else if (entry.first() instanceof Operand.Computed computed) {
            outcome = ImportedNode.Outcome.HANDED_ON;
            becomes.add(computed.value());
        } else {
            outcome = ImportedNode.Outcome.CONSTANT;
        }
        return new ImportedNode(name, entry.node().operator(), outcome, List.copyOf(becomes));
    }

    private static ImportedNode.Outcome outcome(List<String> names, Map<String, Node> kept) {
        List<Node> nodes = names.stream().map(kept::get).toList();
        if (nodes.stream().anyMatch(ImportJournal::isLayer)) {
            return ImportedNode.Outcome.LAYER;
        }
        return nodes.stream().allMatch(TensorNode.Constant.class::isInstance)
                ? ImportedNode.Outcome.CONSTANT
                : ImportedNode.Outcome.OPERATION;
    }

    /** The compiler makes products of all learnt tensors but those that are looked up. */
    private static boolean isLayer(Node node) {
        return !(node instanceof TensorNode.Embedding)
                && node.parameters().entrySet().stream()
                        .anyMatch(parameter -> parameter.getValue().shape().rank() >= 2
                                && new ParameterKey(node.name(), parameter.getKey()).isLearnt());
    }

    /** Looks for the nodes that a folded one is part of: a normalisation of the layer before it, all others of readers. */
    private void follow(
            String name,
            Map<String, Node> kept,
            Map<String, List<String>> readers,
            Set<String> found,
            Set<String> visited) {
        if (kept.containsKey(name)) {
            found.add(name);
            return;
        }
        if (!visited.add(name)) {
            return;
        }
        Node node = added.get(name);
        List<String> next = node instanceof NormalizationNode.Batch batch
                ? List.of(batch.input())
                : readers.getOrDefault(name, List.of());
        next.forEach(one -> follow(one, kept, readers, found, visited));
    }
}
