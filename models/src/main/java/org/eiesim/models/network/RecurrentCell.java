package org.eiesim.models.network;

/** The kinds of recurrent cell. */
public enum RecurrentCell {
    /** Long short-term memory: {@code hidden = sigmoid(output) * tanh(cell)}. */
    LSTM(4),
    /** Long short-term memory that yields {@code hidden = sigmoid(output) * cell}. Source: NeuralTalk. */
    LSTM_LINEAR_OUTPUT(4),
    /**
     * Gated recurrent unit whose reset gate acts on the hidden state before the candidate's product (ONNX
     * {@code linear_before_reset = 0}).
     */
    GRU(3),
    /** Gated recurrent unit whose reset gate acts on the candidate's recurrent sum (ONNX {@code linear_before_reset = 1}). */
    GRU_RESET_AFTER(3),
    /** Plain recurrent network: {@code hidden = tanh(sums)}. */
    RNN(1);

    private final int numGates;

    RecurrentCell(int numGates) {
        this.numGates = numGates;
    }

    /**
     * Returns how many gates the cell has.
     *
     * @return the blocks along the first axis of its weights
     */
    public int numGates() {
        return numGates;
    }
}
