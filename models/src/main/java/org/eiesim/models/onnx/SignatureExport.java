package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.models.network.Signature;

/**
 * Gives an exported graph, whose values are float32 with the batch first, the inputs and outputs of a signature: names,
 * types, and the batch on its axis, within one, or absent.
 */
final class SignatureExport {
    private final GraphExport export;
    private final GraphProto.Builder graph;
    private final Map<String, String> renamed = new HashMap<>();

    private SignatureExport(GraphExport export, GraphProto.Builder graph) {
        this.export = export;
        this.graph = graph;
    }

    /**
     * Changes a graph.
     *
     * @param export the export of the network, for names and constants
     * @param graph its graph, finished but for inputs and outputs
     * @param inputs the network's inputs
     * @param outputs the network's outputs
     * @param signature what inputs and outputs are to be
     */
    static void apply(
            GraphExport export,
            GraphProto.Builder graph,
            List<String> inputs,
            List<String> outputs,
            Signature signature) {
        SignatureExport change = new SignatureExport(export, graph);
        change.rename(inputs, outputs, signature);
        List<NodeProto> nodes =
                graph.getNodeList().stream().map(change::renamed).toList();
        graph.clearNode();
        for (int i = 0; i < inputs.size(); i++) {
            change.input(inputs.get(i), signature.inputs().get(i));
        }
        graph.addAllNode(nodes);
        Set<String> done = new HashSet<>();
        for (int i = 0; i < outputs.size(); i++) {
            Signature.Value value = signature.outputs().get(i);
            if (done.add(value.name())) {
                change.output(outputs.get(i), value);
            }
            graph.addOutput(valueInfo(value));
        }
    }

    /** Frees the names of the signature, unless they mean what they are to mean already. */
    private void rename(List<String> inputs, List<String> outputs, Signature signature) {
        Set<String> kept = new HashSet<>();
        Set<String> wanted = new HashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            Signature.Value value = signature.inputs().get(i);
            wanted.add(value.name());
            if (isPlain(value) && value.name().equals(inputs.get(i))) {
                kept.add(value.name());
            }
        }
        for (int i = 0; i < outputs.size(); i++) {
            Signature.Value value = signature.outputs().get(i);
            wanted.add(value.name());
            if (isPlain(value) && value.name().equals(outputs.get(i)) && !inputs.contains(outputs.get(i))) {
                kept.add(value.name());
            }
        }
        for (String name : wanted) {
            if (!kept.contains(name) && export.isTaken(name)) {
                renamed.put(name, export.take(name + ".value"));
            }
        }
    }

    private static boolean isPlain(Signature.Value value) {
        return value.type() == Signature.FLOAT32 && value.batchAxis() == 0;
    }

    private String renamed(String value) {
        return renamed.getOrDefault(value, value);
    }

    private NodeProto renamed(NodeProto node) {
        NodeProto.Builder builder = node.toBuilder();
        for (int i = 0; i < node.getInputCount(); i++) {
            builder.setInput(i, renamed(node.getInput(i)));
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            builder.setOutput(i, renamed(node.getOutput(i)));
        }
        return builder.build();
    }

    private void input(String name, Signature.Value value) {
        graph.addInput(valueInfo(value));
        if (renamed(name).equals(value.name())) {
            return;
        }
        List<Step> steps = new ArrayList<>();
        if (value.type() != Signature.FLOAT32) {
            steps.add(Step.cast(DataType.FLOAT_VALUE));
        }
        int rank = value.axes().size();
        if (value.batchAxis() == Signature.NONE) {
            steps.add(Step.unsqueeze());
        } else if (value.batchAxis() > 0) {
            long[] permutation = new long[rank];
            permutation[0] = value.batchAxis();
            for (int axis = 1; axis < rank; axis++) {
                permutation[axis] = axis <= value.batchAxis() ? axis - 1 : axis;
            }
            steps.add(Step.transpose(permutation));
        }
        chain(value.name(), renamed(name), steps);
    }

    private void output(String name, Signature.Value value) {
        if (renamed(name).equals(value.name())) {
            return;
        }
        List<Step> steps = new ArrayList<>();
        int rank = value.axes().size();
        if (value.mergedAxis() != Signature.NONE) {
            merge(value, steps);
        } else if (value.batchAxis() == Signature.NONE) {
            steps.add(Step.squeeze());
        } else if (value.batchAxis() > 0) {
            steps.add(Step.transpose(placed(rank, value.batchAxis())));
        }
        if (value.type() != Signature.FLOAT32) {
            steps.add(Step.cast(value.type()));
        }
        chain(renamed(name), value.name(), steps);
    }

    /** Returns the permutation that moves the first axis to another place. */
    private static long[] placed(int rank, int place) {
        long[] permutation = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            permutation[axis] = axis < place ? axis + 1 : axis == place ? 0 : axis;
        }
        return permutation;
    }

    /** Makes the batch the outer part of an axis: brings it before that axis, then joins the two. */
    private static void merge(Signature.Value value, List<Step> steps) {
        int rank = value.axes().size();
        if (value.mergedAxis() > 0) {
            steps.add(Step.transpose(placed(rank + 1, value.mergedAxis())));
        }
        long[] extents = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            extents[axis] =
                    axis == value.mergedAxis() ? -1 : value.axes().get(axis).extent();
        }
        steps.add(Step.reshape(extents));
    }

    /**
     * A node between the outside and the inside.
     *
     * @param operator its operator
     * @param number the type to cast to, else 0
     * @param numbers a permutation, extents or axes
     */
    private record Step(String operator, int number, long[] numbers) {
        static Step cast(int type) {
            return new Step("Cast", type, new long[0]);
        }

        static Step transpose(long[] permutation) {
            return new Step("Transpose", 0, permutation);
        }

        static Step reshape(long[] extents) {
            return new Step("Reshape", 0, extents);
        }

        static Step unsqueeze() {
            return new Step("Unsqueeze", 0, new long[] {0});
        }

        static Step squeeze() {
            return new Step("Squeeze", 0, new long[] {0});
        }
    }

    private void chain(String from, String to, List<Step> steps) {
        if (steps.isEmpty()) {
            add("Identity", to, List.of(from));
            return;
        }
        String value = from;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String next = i == steps.size() - 1 ? to : export.take(to + ".part");
            switch (step.operator()) {
                case "Cast" -> add("Cast", next, List.of(value), GraphExport.integer("to", step.number()));
                case "Transpose" ->
                    add("Transpose", next, List.of(value), GraphExport.integers("perm", step.numbers()));
                default -> add(step.operator(), next, List.of(value, export.constant(next + ".axes", step.numbers())));
            }
            value = next;
        }
    }

    /** Adds a node under a name of its own, for a node inside may bear the value's. */
    private void add(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        export.addNamed(operator, export.take(output + ".boundary"), output, inputs, attributes);
    }

    private static ValueInfoProto valueInfo(Signature.Value value) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Signature.Axis axis : value.axes()) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            if (axis.extent() > 0) {
                dimension.setDimValue(axis.extent());
            } else if (!axis.name().isEmpty()) {
                dimension.setDimParam(axis.name());
            }
            shape.addDim(dimension);
        }
        return ValueInfoProto.newBuilder()
                .setName(value.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(value.type())
                                .setShape(shape)))
                .build();
    }
}
