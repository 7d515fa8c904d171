package org.eiesim.models.network;

import java.util.Objects;
import org.eiesim.kernels.linalg.DenseProduct;
import org.eiesim.kernels.nn.FreeGates;
import org.eiesim.kernels.nn.RecurrentGates;
import org.jspecify.annotations.Nullable;

/** Runs a recurrent cell over one sequence, from hidden and cell states of zeros or of values that are given. */
final class RecurrentEvaluation {
    private final Node.Recurrent node;
    private final int hiddenSize;
    private final int numInputs;
    private final float[] input;
    private final float[] hidden;
    private final float[] cell;
    private final float[] sums;
    /** The gates, where they are not those of the kind of cell. */
    private final @Nullable FreeGates free;

    private RecurrentEvaluation(Node.Recurrent node, float[] input, NodeEvaluation.Values values) {
        this.node = node;
        this.hiddenSize = node.hidden();
        this.numInputs = node.inputWeight().shape().extent(1);
        this.input = input;
        RecurrentOptions options = node.options();
        this.hidden = state(options.initialHidden(), values);
        this.cell = state(options.initialCell(), values);
        this.free = options.hasOwnGates() && node.cell() != RecurrentCell.RNN ? null : options.freeGates(node.cell());
        this.sums = new float[node.cell().numGates() * hiddenSize];
    }

    private float[] state(@Nullable String initial, NodeEvaluation.Values values) {
        return initial == null ? new float[hiddenSize] : values.of(initial).clone();
    }

    /**
     * Computes the hidden states of all steps.
     *
     * @param node the node
     * @param values holds its input, {@code [steps, inputs]}
     * @return {@code [steps, hidden]}, or one row more
     */
    static float[] run(Node.Recurrent node, NodeEvaluation.Values values) {
        RecurrentEvaluation run = new RecurrentEvaluation(node, values.of(node.input()), values);
        int numSteps = values.shapeOf(node.input()).extent(0);
        return switch (node.cell()) {
            case LSTM, LSTM_LINEAR_OUTPUT -> run.lstm(numSteps);
            case GRU -> run.gru(numSteps);
            case GRU_RESET_AFTER -> run.gruResetAfter(numSteps);
            case RNN -> run.plain(numSteps);
        };
    }

    private float[] plain(int numSteps) {
        float[] output = new float[numSteps * hiddenSize];
        for (int i = 0; i < numSteps; i++) {
            int step = step(i, numSteps);
            startGates(step);
            addRecurrent(0, 1, hidden, sums);
            Objects.requireNonNull(free).plain(sums, hidden);
            System.arraycopy(hidden, 0, output, step * hiddenSize, hiddenSize);
        }
        return output;
    }

    private float[] lstm(int numSteps) {
        boolean yieldsCell = node.options().yieldsCell();
        float[] output = new float[(yieldsCell ? numSteps + 1 : numSteps) * hiddenSize];
        float[] peepholes = node.options().peepholesOf(hiddenSize);
        for (int i = 0; i < numSteps; i++) {
            int step = step(i, numSteps);
            startGates(step);
            addRecurrent(0, node.cell().numGates(), hidden, sums);
            if (free != null) {
                free.lstm(sums, peepholes, node.options().isCoupled(), cell, hidden);
            } else if (node.cell() == RecurrentCell.LSTM) {
                RecurrentGates.lstm(sums, cell, hidden);
            } else {
                RecurrentGates.lstmLinearOutput(sums, cell, hidden);
            }
            System.arraycopy(hidden, 0, output, step * hiddenSize, hiddenSize);
        }
        if (yieldsCell) {
            System.arraycopy(cell, 0, output, numSteps * hiddenSize, hiddenSize);
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
            if (free == null) {
                RecurrentGates.gruResetBefore(gates, hidden, update, resetHidden);
            } else {
                free.gruResetBefore(gates, hidden, update, resetHidden);
            }
            addRecurrent(2, 1, resetHidden, candidate);
            if (free == null) {
                RecurrentGates.gruFinish(update, candidate, hidden);
            } else {
                free.gruFinish(update, candidate, hidden);
            }
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
            if (free == null) {
                RecurrentGates.gruResetAfter(sums, recurrentSums, hidden);
            } else {
                free.gruResetAfter(sums, recurrentSums, hidden);
            }
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
