package org.eiesim.models.network;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.nn.FreeGates;
import org.eiesim.kernels.nn.GateFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a recurrent cell may have besides its weights.
 *
 * @param gates functions f, g and h in the places of the cell's own; empty where it has these
 * @param bound the bound of the functions' arguments, 0 for none
 * @param isCoupled whether the forget gate is 1 less the input gate
 * @param peepholes {@code [3 * hidden]}: weights of the cell state in the input, output and forget gate, or null
 * @param initialHidden the value of {@code hidden} elements the hidden state starts with, or null for zeros
 * @param initialCell the value of {@code hidden} elements the cell state starts with, or null for zeros
 * @param yieldsCell whether a last row of the value is the final cell state
 */
public record RecurrentOptions(
        List<Gate> gates,
        float bound,
        boolean isCoupled,
        @Nullable Tensor peepholes,
        @Nullable String initialHidden,
        @Nullable String initialCell,
        boolean yieldsCell) {
    /** Nothing besides. */
    public static final RecurrentOptions NONE = new RecurrentOptions(List.of(), 0, false, null, null, null, false);

    /**
     * A function with its coefficients.
     *
     * @param function the function
     * @param alpha the first coefficient, 0 where it has none
     * @param beta the second coefficient, 0 where it has none
     */
    public record Gate(GateFunction function, float alpha, float beta) {}

    /** Copies the gates and checks the numbers. */
    public RecurrentOptions {
        gates = List.copyOf(gates);
        boolean isFinite = gates.stream().allMatch(gate -> Float.isFinite(gate.alpha()) && Float.isFinite(gate.beta()));
        if (!isFinite || !(bound >= 0 && bound <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "gates " + gates + " and a bound of " + bound + " must be finite, the bound not negative");
        }
    }

    /**
     * Tells whether the gates do what the cell's own do and only the hidden states are yielded.
     *
     * @return true where they do
     */
    public boolean hasOwnGates() {
        return gates.isEmpty() && bound == 0 && !isCoupled && peepholes == null && !yieldsCell;
    }

    /**
     * Returns the values it reads.
     *
     * @return names of the initial states that are given
     */
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>();
        if (initialHidden != null) {
            inputs.add(initialHidden);
        }
        if (initialCell != null) {
            inputs.add(initialCell);
        }
        return inputs;
    }

    /**
     * Returns the functions of a cell: those given, else its own.
     *
     * @param cell the kind of cell
     * @return as many as the cell has
     */
    public List<Gate> gatesOf(RecurrentCell cell) {
        if (!gates.isEmpty()) {
            return gates;
        }
        Gate sigmoid = new Gate(GateFunction.SIGMOID, 0, 0);
        Gate tanh = new Gate(GateFunction.TANH, 0, 0);
        return switch (cell) {
            case LSTM -> List.of(sigmoid, tanh, tanh);
            case LSTM_LINEAR_OUTPUT -> List.of(sigmoid, tanh, new Gate(GateFunction.AFFINE, 1, 0));
            case GRU, GRU_RESET_AFTER -> List.of(sigmoid, tanh);
            case RNN -> List.of(tanh);
        };
    }

    /**
     * Returns the coefficients of a cell's functions and the bound.
     *
     * @param cell the kind of cell
     * @return as {@link FreeGates} takes them
     */
    public float[] coefficients(RecurrentCell cell) {
        List<Gate> all = gatesOf(cell);
        float[] coefficients = new float[2 * all.size() + 1];
        for (int i = 0; i < all.size(); i++) {
            coefficients[2 * i] = all.get(i).alpha();
            coefficients[2 * i + 1] = all.get(i).beta();
        }
        coefficients[2 * all.size()] = bound;
        return coefficients;
    }

    /**
     * Returns the gates as they are computed.
     *
     * @param cell the kind of cell
     * @return the gates
     */
    FreeGates freeGates(RecurrentCell cell) {
        return new FreeGates(
                gatesOf(cell).stream().map(Gate::function).toArray(GateFunction[]::new), coefficients(cell));
    }

    /**
     * Returns the peepholes of a cell.
     *
     * @param hidden values of its hidden state
     * @return {@code [3 * hidden]}, zeros where it has none
     */
    public float[] peepholesOf(int hidden) {
        return peepholes == null ? new float[3 * hidden] : peepholes.values();
    }

    RecurrentOptions withPeepholes(@Nullable Tensor other) {
        return new RecurrentOptions(gates, bound, isCoupled, other, initialHidden, initialCell, yieldsCell);
    }

    RecurrentOptions reading(@Nullable String hidden, @Nullable String cell) {
        return new RecurrentOptions(gates, bound, isCoupled, peepholes, hidden, cell, yieldsCell);
    }

    /** Checks that a cell can have them. */
    void requireFit(String node, RecurrentCell cell, int hidden) {
        boolean isLstm = cell.numGates() == 4;
        if (!isLstm && (isCoupled || peepholes != null || initialCell != null || yieldsCell)) {
            throw new IllegalArgumentException("node " + node + ": only an LSTM has a cell state, not " + cell);
        }
        int numFunctions = RecurrentOptions.NONE.gatesOf(cell).size();
        if (!gates.isEmpty() && gates.size() != numFunctions) {
            throw new IllegalArgumentException(
                    "node " + node + ": " + cell + " has " + numFunctions + " functions, not " + gates.size());
        }
        NodeParameters.requireBias(node, 3 * hidden, peepholes);
    }
}
