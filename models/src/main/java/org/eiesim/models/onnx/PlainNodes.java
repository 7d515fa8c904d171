package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;

/** ONNX nodes that take the place of another one, each imported as soon as it is added. */
final class PlainNodes {
    /** From this version on, reductions read their axes. */
    private static final int AXES_INPUT_OPSET = 18;

    private final OnnxNode source;
    private final GraphImport graph;
    private int count;

    PlainNodes(OnnxNode source, GraphImport graph) {
        this.source = source;
        this.graph = graph;
    }

    /** Adds a node in the middle and returns what it yields. */
    String add(String operator, List<String> inputs, AttributeProto... attributes) throws FormatException {
        return add(operator, inputs, 1, attributes).get(0);
    }

    /** Adds a node in the middle and returns all it yields. */
    List<String> add(String operator, List<String> inputs, int numOutputs, AttributeProto... attributes)
            throws FormatException {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < numOutputs; i++) {
            outputs.add(fresh(i == 0 ? operator : operator + i));
        }
        graph.importPlain(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(outputs.get(0))
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(Arrays.asList(attributes))
                .build());
        return outputs;
    }

    /** Adds the node that yields the first output. */
    void end(String operator, List<String> inputs, AttributeProto... attributes) throws FormatException {
        end(0, operator, inputs, attributes);
    }

    /** Adds the node that yields an output. */
    void end(int output, String operator, List<String> inputs, AttributeProto... attributes) throws FormatException {
        graph.importPlain(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output == 0 ? source.name() : fresh(operator))
                .addAllInput(inputs)
                .addOutput(source.output(output))
                .addAllAttribute(Arrays.asList(attributes))
                .build());
    }

    /** Adds a number and returns its name. */
    String number(float value) throws FormatException {
        return constant(ConstantTensor.of(fresh("number"), new int[0], new float[] {value}));
    }

    /** Adds a list of integers and returns its name. */
    String list(long... values) throws FormatException {
        return constant(ConstantTensor.of(fresh("list"), new int[] {values.length}, values));
    }

    /** Adds a constant and returns its name. */
    String constant(ConstantTensor constant) throws FormatException {
        graph.importPlain(NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput(constant.name())
                .addAttribute(AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(constant.proto()))
                .build());
        return constant.name();
    }

    /** Adds a reduction that keeps its axes. */
    String reduced(String operator, String input, long... axes) throws FormatException {
        return graph.opset() >= AXES_INPUT_OPSET
                ? add(operator, List.of(input, list(axes)))
                : add(operator, List.of(input), GraphExport.integers("axes", axes));
    }

    /** Returns the extents of an operand in ONNX, batch included. */
    static int[] extents(OnnxNode node, int input) throws FormatException {
        return node.operand(input) instanceof Operand.Computed computed
                ? computed.onnxExtents()
                : node.constant(input).extents();
    }

    private String fresh(String what) {
        String base = (source.name().isEmpty() ? source.output() : source.name()) + "." + what;
        String name = base;
        while (graph.find(name) != null) {
            name = base + "_" + ++count;
        }
        return name;
    }
}
