package org.eiesim.kernels.nn;

import org.eiesim.kernels.check.Ranges;

/**
 * What a recurrent cell does with the sums of its gates, after the matrix products of a time step. Gates follow one
 * another in the order of ONNX: LSTM input, output, forget, candidate; GRU update, reset, candidate. Each operation is
 * rounded to float.
 *
 * <p>Source: EIE VII-A (NT-LSTM); ONNX operators LSTM and GRU with their default functions.
 */
public final class RecurrentGates {
    private static final int LSTM_GATES = 4;
    private static final int GRU_GATES = 3;

    private RecurrentGates() {}

    /**
     * Ends a step of a long short-term memory: {@code cell = sigmoid(forget) * cell + sigmoid(input) *
     * tanh(candidate)}; {@code hidden = sigmoid(output) * tanh(cell)}.
     *
     * @param sums {@code [4 * size]}: {@code W x + R h + bias} of each gate; not changed
     * @param cell {@code [size]}: the cell state, replaced
     * @param hidden {@code [size]}: the hidden state, overwritten
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public static void lstm(float[] sums, float[] cell, float[] hidden) {
        updateCell(sums, cell, hidden);
        int size = cell.length;
        for (int i = 0; i < size; i++) {
            hidden[i] = Activations.sigmoid(sums[size + i]) * Activations.tanh(cell[i]);
        }
    }

    /**
     * Ends a step of a long short-term memory whose output is linear in the cell: as {@link #lstm}, but {@code hidden =
     * sigmoid(output) * cell}.
     *
     * <p>Source: NeuralTalk (the default, without {@code tanhC_version}).
     *
     * @param sums {@code [4 * size]}: {@code W x + R h + bias} of each gate; not changed
     * @param cell {@code [size]}: the cell state, replaced
     * @param hidden {@code [size]}: the hidden state, overwritten
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public static void lstmLinearOutput(float[] sums, float[] cell, float[] hidden) {
        updateCell(sums, cell, hidden);
        int size = cell.length;
        for (int i = 0; i < size; i++) {
            hidden[i] = Activations.sigmoid(sums[size + i]) * cell[i];
        }
    }

    private static void updateCell(float[] sums, float[] cell, float[] hidden) {
        int size = cell.length;
        Ranges.requireLength("sums", sums.length, (long) LSTM_GATES * size);
        Ranges.requireLength("hidden", hidden.length, size);
        for (int i = 0; i < size; i++) {
            float input = Activations.sigmoid(sums[i]);
            float forget = Activations.sigmoid(sums[2 * size + i]);
            float candidate = Activations.tanh(sums[3 * size + i]);
            cell[i] = forget * cell[i] + input * candidate;
        }
    }

    /**
     * Ends a step of a gated recurrent unit whose reset gate acts on the recurrent sum (ONNX
     * {@code linear_before_reset = 1}, PyTorch): {@code z = sigmoid(x_z + h_z)}, {@code r = sigmoid(x_r + h_r)},
     * {@code n = tanh(x_n + r * h_n)}, {@code hidden = (1 - z) * n + z * hidden}.
     *
     * @param inputSums {@code [3 * size]}: {@code x = W x + bias} of each gate; not changed
     * @param recurrentSums {@code [3 * size]}: {@code h = R h (+ bias)} of each gate; not changed
     * @param hidden {@code [size]}: the hidden state, replaced
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public static void gruResetAfter(float[] inputSums, float[] recurrentSums, float[] hidden) {
        int size = hidden.length;
        Ranges.requireLength("inputSums", inputSums.length, (long) GRU_GATES * size);
        Ranges.requireLength("recurrentSums", recurrentSums.length, (long) GRU_GATES * size);
        for (int i = 0; i < size; i++) {
            float update = Activations.sigmoid(inputSums[i] + recurrentSums[i]);
            float reset = Activations.sigmoid(inputSums[size + i] + recurrentSums[size + i]);
            float candidate = Activations.tanh(inputSums[2 * size + i] + reset * recurrentSums[2 * size + i]);
            hidden[i] = (1 - update) * candidate + update * hidden[i];
        }
    }

    /**
     * Begins a step of a gated recurrent unit whose reset gate acts on the hidden state before the product (ONNX
     * {@code linear_before_reset = 0}): {@code z = sigmoid(s_z)} and {@code r * hidden} with {@code r = sigmoid(s_r)}.
     *
     * @param sums {@code [2 * size]}: {@code s = W x + R h + bias} of the update and reset gate; not changed
     * @param hidden {@code [size]}: the hidden state; not changed
     * @param update {@code [size]}: z, overwritten
     * @param resetHidden {@code [size]}: {@code r * hidden}, the input of the candidate's recurrent product, overwritten
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public static void gruResetBefore(float[] sums, float[] hidden, float[] update, float[] resetHidden) {
        int size = hidden.length;
        Ranges.requireLength("sums", sums.length, 2L * size);
        Ranges.requireLength("update", update.length, size);
        Ranges.requireLength("resetHidden", resetHidden.length, size);
        for (int i = 0; i < size; i++) {
            update[i] = Activations.sigmoid(sums[i]);
            resetHidden[i] = Activations.sigmoid(sums[size + i]) * hidden[i];
        }
    }

    /**
     * Ends the step that {@link #gruResetBefore} began: {@code hidden = (1 - z) * tanh(s_n) + z * hidden}.
     *
     * @param update {@code [size]}: z; not changed
     * @param candidateSums {@code [size]}: {@code s_n = W x + R (r * hidden) + bias} of the candidate; not changed
     * @param hidden {@code [size]}: the hidden state, replaced
     * @throws IllegalArgumentException if the lengths do not fit
     */
    public static void gruFinish(float[] update, float[] candidateSums, float[] hidden) {
        int size = hidden.length;
        Ranges.requireLength("update", update.length, size);
        Ranges.requireLength("candidateSums", candidateSums.length, size);
        for (int i = 0; i < size; i++) {
            hidden[i] = (1 - update[i]) * Activations.tanh(candidateSums[i]) + update[i] * hidden[i];
        }
    }
}
