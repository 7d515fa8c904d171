package org.eiesim.models.network;

import org.eiesim.kernels.linalg.DenseProduct;
import org.eiesim.kernels.nn.RecurrentGates;
import org.jspecify.annotations.Nullable;

/** Runs a recurrent cell over one sequence, from a hidden state (and cell state) of zeros. */
final class RecurrentEvaluation {
    private final Node.Recurrent node;
    private final int hiddenSize;
    private final int numInputs;
    private final float[] input;
    private final float[] hidden;
    private final float[] sums;

    private RecurrentEvaluation(Node.Recurrent node, float[] input) {
        this.node = node;
        this.hiddenSize = node.hidden();
        this.numInputs = node.inputWeight().shape().extent(1);
        this.input = input;
        this.hidden = new float[hiddenSize];
        this.sums = new float[node.cell().numGates() * hiddenSize];
    }

    /**
     * Computes the hidden states of all steps.
     *
     * @param node the node
     * @param values holds its input, {@code [steps, inputs]}
     * @return {@code [steps, hidden]}
     */
    static float[] run(Node.Recurrent node, NodeEvaluation.Values values) {
        RecurrentEvaluation run = new RecurrentEvaluation(node, values.of(node.input()));
        int numSteps = values.shapeOf(node.input()).extent(0);
        return switch (node.cell()) {
            case LSTM, LSTM_LINEAR_OUTPUT -> run.lstm(numSteps);
            case GRU -> run.gru(numSteps);
            case GRU_RESET_AFTER -> run.gruResetAfter(numSteps);
        };
    }

    private float[] lstm(int numSteps) {
        float[] output = new float[numSteps * hiddenSize];
        float[] cell = new float[hiddenSize];
        for (int i = 0; i < numSteps; i++) {
            int step = step(i, numSteps);
            startGates(step);
            addRecurrent(0, node.cell().numGates(), hidden, sums);
            if (node.cell() == RecurrentCell.LSTM) {
                RecurrentGates.lstm(sums, cell, hidden);
            } else {
                RecurrentGates.lstmLinearOutput(sums, cell, hidden);
            }
            System.arraycopy(hidden, 0, output, step * hiddenSize, hiddenSize);
        }
        return output;
    }

    private float[] gru(int numSteps) {
        float[] output = new float[numSteps * hiddenSize];
        float[] gates = new float[2 * hiddenSize];
        float[] candidate = new float[hiddenSize];
        float[] update = new float[hiddenSize];
        float[] resetHidden = new float[hiddenSize];
        for (int i = 0; i < numSteps; i++) {
            int step = step(i, numSteps);
            startGates(step);
            System.arraycopy(sums, 0, gates, 0, gates.length);
            System.arraycopy(sums, gates.length, candidate, 0, hiddenSize);
            addRecurrent(0, 2, hidden, gates);
            RecurrentGates.gruResetBefore(gates, hidden, update, resetHidden);
            addRecurrent(2, 1, resetHidden, candidate);
            RecurrentGates.gruFinish(update, candidate, hidden);
            System.arraycopy(hidden, 0, output, step * hiddenSize, hiddenSize);
        }
        return output;
    }

    private float[] gruResetAfter(int numSteps) {
        float[] output = new float[numSteps * hiddenSize];
        float[] recurrentSums = new float[sums.length];
        for (int i = 0; i < numSteps; i++) {
            int step = step(i, numSteps);
            startGates(step);
            start(recurrentSums, node.recurrentBias());
            addRecurrent(0, node.cell().numGates(), hidden, recurrentSums);
            RecurrentGates.gruResetAfter(sums, recurrentSums, hidden);
            System.arraycopy(hidden, 0, output, step * hiddenSize, hiddenSize);
        }
        return output;
    }

    /** The step done at a place in the order of computation. */
    private int step(int place, int numSteps) {
        return node.reversed() ? numSteps - 1 - place : place;
    }

    private static void start(float[] sums, @Nullable Tensor bias) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = bias == null ? 0 : bias.values()[i];
        }
    }

    /** Sets the sums to the bias and adds the products with the step's inputs. */
    private void startGates(int step) {
        start(sums, node.bias());
        DenseProduct.multiplyAdd(
                node.inputWeight().values(), 0, sums.length, numInputs, input, step * numInputs, sums, 0);
    }

    /** Adds the recurrent products of some gates, which lie at the start of {@code target}. */
    private void addRecurrent(int firstGate, int numGates, float[] state, float[] target) {
        DenseProduct.multiplyAdd(
                node.recurrentWeight().values(),
                firstGate * hiddenSize * hiddenSize,
                numGates * hiddenSize,
                hiddenSize,
                state,
                0,
                target,
                0);
    }
}
