package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.word;
import static org.eiesim.models.onnx.OperatorAgreementTest.bytes;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eiesim.models.onnx.OperatorAgreementTest.Composer;
import org.eiesim.models.onnx.OperatorAgreementTest.Model;
import org.junit.jupiter.api.Named;

/** Random LSTM and GRU nodes (every direction, with and without bias, zeros given as state), embeddings, branches. */
final class RecurrentCases {
    private RecurrentCases() {}

    static Stream<Named<Composer>> cells() {
        List<Named<Composer>> cases = new ArrayList<>();
        OperatorCases.add(cases, "LSTM", model -> cell(model, "LSTM", 4));
        OperatorCases.add(cases, "GRU", model -> cell(model, "GRU", 3));
        OperatorCases.add(cases, "Embedding", model -> {
            model.onnx.graph.addInput(OnnxModels.valueInfo("ids", DataType.INT64_VALUE, 1, 4));
            float[] ids = {3, 0, 6, model.pick(0, 6)};
            model.feeds.put("ids", new OnnxRuntime.Feed(new long[] {1, 4}, ids, true));
            model.constant("table", 7, 3);
            model.node("Gather", List.of("table", "ids"));
        });
        OperatorCases.add(cases, "If", model -> {
            model.input("x", 3);
            model.onnx.tensor(bytes("condition", DataType.BOOL_VALUE, new int[] {model.pick(0, 1)}));
            model.node("If", List.of("condition"), branch("then_branch", "Relu"), branch("else_branch", "Tanh"));
        });
        return cases.stream();
    }

    private static AttributeProto branch(String name, String operator) {
        OnnxModels body = new OnnxModels();
        body.graph.setName(name);
        body.node(operator, name, List.of("x"), name + "_out");
        body.graph.addOutput(OnnxModels.valueInfo(name + "_out", DataType.FLOAT_VALUE, 1, 3));
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body.graph)
                .build();
    }

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
