package org.eiesim.kernels.nn;

import org.eiesim.kernels.check.Ranges;

/**
 * What a recurrent cell with functions of its own does with the sums of its gates: as {@link RecurrentGates}, but with any
 * functions f (gates), g (candidate) and h (cell), whose arguments may be bounded, and for an LSTM with peepholes and a
 * forget gate coupled to the input gate. Each operation is rounded to float.
 *
 * <p>Source: ONNX operators LSTM, GRU and RNN.
 */
public final class FreeGates {
    private static final int LSTM_GATES = 4;
    private static final int GRU_GATES = 3;

    private final GateFunction[] functions;
    private final float[] coefficients;
    private final float bound;

    /**
     * Makes the gates of a cell.
     *
     * @param functions f, then g, then h, as far as the cell has them
     * @param coefficients alpha and beta of each, then the bound of arguments, 0 for none
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public FreeGates(GateFunction[] functions, float[] coefficients) {
        Ranges.requireLength("coefficients", coefficients.length, 2L * functions.length + 1);
        this.functions = functions.clone();
        this.coefficients = coefficients.clone();
        bound = coefficients[2 * functions.length];
    }

    private float apply(int function, float x) {
        float argument = bound == 0 ? x : Math.max(-bound, Math.min(bound, x));
        return unbounded(function, argument);
    }

    private float unbounded(int function, float x) {
        return functions[function].apply(x, coefficients[2 * function], coefficients[2 * function + 1]);
    }

    /**
     * Ends a step of a plain recurrent network: {@code hidden = f(sums)}.
     *
     * @param sums {@code [size]}: {@code W x + R h + bias}; not changed
     * @param hidden {@code [size]}: the hidden state, overwritten
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public void plain(float[] sums, float[] hidden) {
        Ranges.requireLength("sums", sums.length, hidden.length);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = apply(0, sums[i]);
        }
    }

    /**
     * Ends a step of a long short-term memory: {@code i = f(s_i + p_i cell)}, {@code f = f(s_f + p_f cell)} or {@code 1 -
     * i}, {@code cell = f cell + i g(s_c)}, {@code hidden = f(s_o + p_o cell) h(cell)}; the argument of h is not bounded.
     *
     * @param sums {@code [4 * size]}: input, output, forget, candidate; not changed
     * @param peepholes {@code [3 * size]}: input, output, forget, or zeros; not changed
     * @param isCoupled whether forget is 1 - input
     * @param cell {@code [size]}: the cell state, replaced
     * @param hidden {@code [size]}: the hidden state, overwritten
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public void lstm(float[] sums, float[] peepholes, boolean isCoupled, float[] cell, float[] hidden) {
        int size = cell.length;
        Ranges.requireLength("sums", sums.length, (long) LSTM_GATES * size);
        Ranges.requireLength("peepholes", peepholes.length, (long) (LSTM_GATES - 1) * size);
        Ranges.requireLength("hidden", hidden.length, size);
        for (int i = 0; i < size; i++) {
            float input = apply(0, sums[i] + peepholes[i] * cell[i]);
            float forget = isCoupled ? 1 - input : apply(0, sums[2 * size + i] + peepholes[2 * size + i] * cell[i]);
            cell[i] = forget * cell[i] + input * apply(1, sums[3 * size + i]);
            float output = apply(0, sums[size + i] + peepholes[size + i] * cell[i]);
            hidden[i] = output * unbounded(2, cell[i]);
        }
    }

    /**
     * Begins a step as {@link RecurrentGates#gruResetBefore}, with f.
     *
     * @param sums {@code [2 * size]}; not changed
     * @param hidden {@code [size]}: the hidden state; not changed
     * @param update {@code [size]}: overwritten
     * @param resetHidden {@code [size]}: overwritten
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public void gruResetBefore(float[] sums, float[] hidden, float[] update, float[] resetHidden) {
        int size = hidden.length;
        Ranges.requireLength("sums", sums.length, 2L * size);
        Ranges.requireLength("update", update.length, size);
        Ranges.requireLength("resetHidden", resetHidden.length, size);
        for (int i = 0; i < size; i++) {
            update[i] = apply(0, sums[i]);
            resetHidden[i] = apply(0, sums[size + i]) * hidden[i];
        }
    }

    /**
     * Ends a step as {@link RecurrentGates#gruFinish}, with g.
     *
     * @param update {@code [size]}; not changed
     * @param candidateSums {@code [size]}; not changed
     * @param hidden {@code [size]}: the hidden state, replaced
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public void gruFinish(float[] update, float[] candidateSums, float[] hidden) {
        int size = hidden.length;
        Ranges.requireLength("update", update.length, size);
        Ranges.requireLength("candidateSums", candidateSums.length, size);
        for (int i = 0; i < size; i++) {
            hidden[i] = (1 - update[i]) * apply(1, candidateSums[i]) + update[i] * hidden[i];
        }
    }

    /**
     * Ends a step as {@link RecurrentGates#gruResetAfter}, with f and g.
     *
     * @param inputSums {@code [3 * size]}; not changed
     * @param recurrentSums {@code [3 * size]}; not changed
     * @param hidden {@code [size]}: the hidden state, replaced
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public void gruResetAfter(float[] inputSums, float[] recurrentSums, float[] hidden) {
        int size = hidden.length;
        Ranges.requireLength("inputSums", inputSums.length, (long) GRU_GATES * size);
        Ranges.requireLength("recurrentSums", recurrentSums.length, (long) GRU_GATES * size);
        for (int i = 0; i < size; i++) {
            float update = apply(0, inputSums[i] + recurrentSums[i]);
            float reset = apply(0, inputSums[size + i] + recurrentSums[size + i]);
            float candidate = apply(1, inputSums[2 * size + i] + reset * recurrentSums[2 * size + i]);
            hidden[i] = (1 - update) * candidate + update * hidden[i];
        }
    }
}
