package org.eiesim.compiler.container;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.GateFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentOptions;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** How a recurrent cell with options is written: as one without, then its options. */
final class RecurrentCodec {
    /** In file order; new functions are appended. */
    static final List<GateFunction> GATE_FUNCTIONS = List.of(
            GateFunction.SIGMOID,
            GateFunction.TANH,
            GateFunction.RELU,
            GateFunction.AFFINE,
            GateFunction.LEAKY_RELU,
            GateFunction.THRESHOLDED_RELU,
            GateFunction.SCALED_TANH,
            GateFunction.HARD_SIGMOID,
            GateFunction.ELU,
            GateFunction.SOFTSIGN,
            GateFunction.SOFTPLUS);

    private static final int MAX_FUNCTIONS = 3;

    private RecurrentCodec() {}

    static void write(GraphWriter out, Node.Recurrent node) {
        NodeCodecs.writeRecurrent(out, node);
        RecurrentOptions options = node.options();
        out.integer(options.gates().size());
        for (RecurrentOptions.Gate gate : options.gates()) {
            out.constant(GATE_FUNCTIONS, gate.function());
            out.coefficient(gate.alpha());
            out.coefficient(gate.beta());
        }
        out.coefficient(options.bound());
        out.flag(options.isCoupled());
        out.tensor(Node.Recurrent.PEEPHOLES, options.peepholes());
        state(out, options.initialHidden());
        state(out, options.initialCell());
        out.flag(options.yieldsCell());
    }

    private static void state(GraphWriter out, @Nullable String state) {
        out.flag(state != null);
        if (state != null) {
            out.value(state);
        }
    }

    static Node.Recurrent read(GraphReader in, String name) throws FormatException {
        Node.Recurrent plain = NodeCodecs.readRecurrent(in, name);
        int count = in.integer("number of functions");
        List<RecurrentOptions.Gate> gates = new ArrayList<>();
        for (int i = 0; i < Math.min(count, MAX_FUNCTIONS + 1); i++) {
            gates.add(new RecurrentOptions.Gate(
                    in.constant("function", GATE_FUNCTIONS),
                    in.coefficient("alpha", false),
                    in.coefficient("beta", false)));
        }
        float bound = in.coefficient("bound", false);
        boolean isCoupled = in.flag("coupling");
        Tensor peepholes = in.optionalTensor(Node.Recurrent.PEEPHOLES);
        String hidden = in.flag("initial hidden state") ? in.value() : null;
        String cell = in.flag("initial cell state") ? in.value() : null;
        RecurrentOptions options =
                new RecurrentOptions(gates, bound, isCoupled, peepholes, hidden, cell, in.flag("final cell state"));
        return new Node.Recurrent(
                name,
                plain.input(),
                plain.cell(),
                plain.reversed(),
                plain.inputWeight(),
                plain.recurrentWeight(),
                plain.bias(),
                plain.recurrentBias(),
                options);
    }
}
