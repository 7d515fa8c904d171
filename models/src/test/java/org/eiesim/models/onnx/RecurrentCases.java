package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.word;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.models.onnx.OperatorAgreementTest.Model;

/** Random LSTM and GRU nodes: every direction, with and without bias, last state, final zeros given. */
final class RecurrentCases {
    private RecurrentCases() {}

    static void cell(Model model, String operator, int numGates) {
        String direction = List.of("forward", "reverse", "bidirectional").get(model.random.nextInt(3));
        int numDirections = direction.equals("bidirectional") ? 2 : 1;
        int steps = model.pick(1, 5);
        int inputs = model.pick(1, 4);
        int hidden = model.pick(1, 4);
        model.feed("x", 1, steps, 1, inputs);
        model.constant("w", numDirections, numGates * hidden, inputs);
        model.constant("r", numDirections, numGates * hidden, hidden);
        List<String> operands = new ArrayList<>(List.of("x", "w", "r"));
        if (model.coin()) {
            model.constant("b", numDirections, 2 * numGates * hidden);
            operands.add("b");
        } else {
            operands.add("");
        }
        if (model.coin()) {
            model.onnx.floats("h", new float[numDirections * hidden], numDirections, 1, hidden);
            operands.add("");
            operands.add("h");
        }
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(integer("hidden_size", hidden));
        attributes.add(word("direction", direction));
        if (operator.equals("GRU")) {
            attributes.add(integer("linear_before_reset", model.pick(0, 1)));
        }
        model.node(operator, operands, List.of("y", "last"), attributes.toArray(new AttributeProto[0]));
        for (String output : List.of("y", "last")) {
            model.onnx.graph.addOutput(OnnxModels.valueInfo(output, DataType.FLOAT_VALUE).toBuilder()
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE))));
        }
    }
}
