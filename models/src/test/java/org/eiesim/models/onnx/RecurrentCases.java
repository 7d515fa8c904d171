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
        OperatorCases.add(cases, "RNN", model -> cell(model, "RNN", 1));
        OperatorCases.add(cases, "LSTM with options", model -> free(model, "LSTM", 4));
        OperatorCases.add(cases, "GRU with options", model -> free(model, "GRU", 3));
        OperatorCases.add(cases, "RNN with options", model -> free(model, "RNN", 1));
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

    /** A cell of any functions, from states that are inputs, constants or absent, and with all its outputs. */
    private static void free(Model model, String operator, int numGates) {
        boolean isLstm = operator.equals("LSTM");
        String direction = List.of("forward", "reverse", "bidirectional").get(model.random.nextInt(3));
        int numDirections = direction.equals("bidirectional") ? 2 : 1;
        int steps = model.pick(2, 5);
        int hidden = model.pick(1, 4);
        model.feed("x", 1, steps, 1, 3);
        model.constant("w", numDirections, numGates * hidden, 3);
        model.constant("r", numDirections, numGates * hidden, hidden);
        model.constant("b", numDirections, 2 * numGates * hidden);
        List<String> operands = new ArrayList<>(List.of("x", "w", "r", "b", ""));
        if (model.coin()) {
            int length = model.pick(1, steps);
            model.onnx.tensor(bytes("length", DataType.INT32_VALUE, new int[] {length}, 1));
            operands.set(4, "length");
        }
        for (String state : isLstm ? List.of("h0", "c0") : List.of("h0")) {
            switch (model.pick(0, 2)) {
                case 0 -> operands.add("");
                case 1 -> {
                    model.constant(state, numDirections, 1, hidden);
                    operands.add(state);
                }
                default -> {
                    model.feed(state, 1, numDirections, 1, hidden);
                    operands.add(state);
                }
            }
        }
        if (isLstm && model.coin()) {
            model.constant("p", numDirections, 3 * hidden);
            operands.add("p");
        }
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(integer("hidden_size", hidden));
        attributes.add(word("direction", direction));
        addFunctions(model, attributes, numDirections * (isLstm ? 3 : operator.equals("GRU") ? 2 : 1), numGates == 1);
        if (model.coin()) {
            attributes.add(GraphExport.number("clip", 0.7f));
        }
        if (isLstm && model.coin()) {
            attributes.add(integer("input_forget", 1));
        }
        if (operator.equals("GRU")) {
            attributes.add(integer("linear_before_reset", model.pick(0, 1)));
        }
        List<String> outputs = new ArrayList<>(List.of(model.coin() ? "" : "y", "last"));
        if (isLstm) {
            outputs.add("cell");
        }
        model.node(operator, operands, outputs, attributes.toArray(new AttributeProto[0]));
        outputs.stream().filter(output -> !output.isEmpty()).forEach(output -> declare(model, output));
    }

    private static void addFunctions(Model model, List<AttributeProto> attributes, int count, boolean isPlain) {
        // ONNX Runtime's RNN reads past its lists of coefficients, and tells names apart by case, against ONNX.
        List<String> all = isPlain
                ? List.of("Sigmoid", "Tanh", "Relu", "Softsign", "Softplus")
                : List.of("Sigmoid", "tanh", "Relu", "HARDSIGMOID", "LeakyRelu", "Elu", "Softsign", "Softplus");
        List<String> names = new ArrayList<>();
        List<Float> alphas = new ArrayList<>();
        List<Float> betas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = all.get(model.random.nextInt(all.size()));
            names.add(name);
            if (List.of("HARDSIGMOID", "LeakyRelu", "Elu").contains(name)) {
                alphas.add(0.3f + 0.1f * i);
            }
            if (name.equals("HARDSIGMOID")) {
                betas.add(0.4f);
            }
        }
        attributes.add(GraphExport.words("activations", names.toArray(new String[0])));
        if (model.coin() && !alphas.isEmpty()) {
            attributes.add(GraphExport.numbers("activation_alpha", floats(alphas)));
            if (!betas.isEmpty()) {
                attributes.add(GraphExport.numbers("activation_beta", floats(betas)));
            }
        }
    }

    private static float[] floats(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    private static void declare(Model model, String output) {
        model.onnx.graph.addOutput(OnnxModels.valueInfo(output, DataType.FLOAT_VALUE).toBuilder()
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE))));
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
        declare(model, "y");
        declare(model, "last");
    }
}
