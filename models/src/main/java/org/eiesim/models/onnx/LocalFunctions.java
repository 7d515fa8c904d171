package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/** The functions a model defines, put in the place of the nodes that call them. */
final class LocalFunctions {
    /** Deeper calls are a function that calls itself. */
    private static final int MAX_DEPTH = 32;

    /** More nodes than a network has. */
    private static final int MAX_NODES = 1 << 18;

    private final Map<String, FunctionProto> functions = new HashMap<>();
    private final FreshNames names;
    private final int opset;
    private int numNodes;
    private int depth;

    private LocalFunctions(ModelProto model, @Nullable Path folder, FreshNames names) throws FormatException {
        this.names = names;
        this.opset = OnnxReader.opset(model);
        for (FunctionProto function : model.getFunctionsList()) {
            GraphProto body =
                    GraphProto.newBuilder().addAllNode(function.getNodeList()).build();
            body = SparseTensors.densify(ExternalWeights.load(body, folder));
            FunctionProto loaded = function.toBuilder()
                    .clearNode()
                    .addAllNode(body.getNodeList())
                    .build();
            functions.put(key(function.getDomain(), function.getName(), function.getOverload()), loaded);
        }
    }

    /** Inlines the functions of a model in its graph. */
    static GraphProto inline(ModelProto model, GraphProto graph, @Nullable Path folder, FreshNames names)
            throws FormatException {
        if (model.getFunctionsCount() == 0) {
            return graph;
        }
        LocalFunctions inlining = new LocalFunctions(model, folder, names);
        return GraphRewriting.nodes(graph, inlining::inlined);
    }

    private static String key(String domain, String name, String overload) {
        return (OnnxNode.isDefaultDomain(domain) ? "" : domain) + "\n" + name + "\n" + overload;
    }

    private List<NodeProto> inlined(NodeProto node) throws FormatException {
        FunctionProto function = functions.get(key(node.getDomain(), node.getOpType(), node.getOverload()));
        if (++numNodes > MAX_NODES) {
            throw error(node, "its functions have more than " + MAX_NODES + " nodes");
        }
        if (function == null) {
            return List.of(node);
        }
        if (depth == MAX_DEPTH) {
            throw error(node, "its function calls itself");
        }
        requireOpset(node, function);
        depth++;
        List<NodeProto> nodes = call(node, function);
        depth--;
        return nodes;
    }

    private List<NodeProto> call(NodeProto node, FunctionProto function) throws FormatException {
        Map<String, String> scope = new HashMap<>();
        for (int i = 0; i < function.getInputCount(); i++) {
            scope.put(function.getInput(i), i < node.getInputCount() ? node.getInput(i) : "");
        }
        List<NodeProto> body = new ArrayList<>();
        Map<String, String> ends = new HashMap<>();
        for (int i = 0; i < function.getOutputCount() && i < node.getOutputCount(); i++) {
            String output = function.getOutput(i);
            if (scope.containsKey(output) || ends.containsKey(output)) {
                String from = ends.containsKey(output) ? ends.get(output) : scope.get(output);
                body.add(identity(String.valueOf(from), node.getOutput(i)));
            } else if (!node.getOutput(i).isEmpty()) {
                ends.put(output, node.getOutput(i));
            }
        }
        Map<String, AttributeProto> attributes = attributes(node, function);
        List<NodeProto> calls = new ArrayList<>();
        for (NodeProto inner : function.getNodeList()) {
            for (String output : inner.getOutputList()) {
                if (!output.isEmpty() && !scope.containsKey(output)) {
                    scope.put(
                            output,
                            ends.containsKey(output) ? ends.get(output) : names.take(node.getName() + "/" + output));
                }
            }
            calls.addAll(inlined(renamed(inner, node, scope, attributes)));
        }
        calls.addAll(body);
        return calls;
    }

    private static NodeProto identity(String input, String output) {
        return NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(input)
                .addOutput(output)
                .build();
    }

    private void requireOpset(NodeProto node, FunctionProto function) throws FormatException {
        for (OperatorSetIdProto set : function.getOpsetImportList()) {
            if (OnnxNode.isDefaultDomain(set.getDomain()) && set.getVersion() != opset) {
                throw error(
                        node,
                        "its function is of operator set " + set.getVersion() + ", the model of " + opset
                                + "; export the network with one operator set");
            }
        }
    }

    private static Map<String, AttributeProto> attributes(NodeProto node, FunctionProto function) {
        Map<String, AttributeProto> attributes = new HashMap<>();
        function.getAttributeProtoList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        node.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        return attributes;
    }

    /** Lets a node of a function read and yield what the call names, with the call's attributes. */
    private NodeProto renamed(
            NodeProto inner, NodeProto call, Map<String, String> scope, Map<String, AttributeProto> attributes)
            throws FormatException {
        NodeProto.Builder renamed = inner.toBuilder().clearAttribute();
        boolean isNamed = !inner.getName().isEmpty() && !call.getName().isEmpty();
        renamed.setName(isNamed ? call.getName() + "/" + inner.getName() : "");
        for (int i = 0; i < inner.getInputCount(); i++) {
            renamed.setInput(i, scope.getOrDefault(inner.getInput(i), inner.getInput(i)));
        }
        for (int i = 0; i < inner.getOutputCount(); i++) {
            renamed.setOutput(i, scope.getOrDefault(inner.getOutput(i), inner.getOutput(i)));
        }
        for (AttributeProto attribute : inner.getAttributeList()) {
            if (!attribute.hasRefAttrName()) {
                renamed.addAttribute(attribute);
            } else if (attributes.containsKey(attribute.getRefAttrName())) {
                renamed.addAttribute(attributes.get(attribute.getRefAttrName()).toBuilder()
                        .setName(attribute.getName())
                        .build());
            }
        }
        return GraphRewriting.bodies(renamed.build(), body -> body(body, call, scope, attributes));
    }

    private GraphProto body(
            GraphProto body, NodeProto call, Map<String, String> outer, Map<String, AttributeProto> attributes)
            throws FormatException {
        Map<String, String> scope = new HashMap<>(outer);
        body.getInitializerList().forEach(tensor -> scope.remove(tensor.getName()));
        body.getInputList().forEach(input -> scope.remove(input.getName()));
        GraphProto.Builder changed = body.toBuilder().clearNode();
        for (NodeProto node : body.getNodeList()) {
            node.getOutputList().forEach(scope::remove);
            for (NodeProto inlined : inlined(renamed(node, call, scope, attributes))) {
                changed.addNode(inlined);
            }
        }
        for (int i = 0; i < body.getOutputCount(); i++) {
            String name = body.getOutput(i).getName();
            changed.setOutput(i, body.getOutput(i).toBuilder().setName(scope.getOrDefault(name, name)));
        }
        return changed.build();
    }

    private static FormatException error(NodeProto node, String reason) {
        String name = node.getName().isEmpty() ? "without a name" : LayerNames.shorten(node.getName());
        return new FormatException("node " + name + " (" + LayerNames.shorten(node.getOpType()) + ")", reason);
    }
}
