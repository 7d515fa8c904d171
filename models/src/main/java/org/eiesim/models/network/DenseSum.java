package org.eiesim.models.network;

/** Dense matrix-vector sums in one fixed order. */
final class DenseSum {
    /** Rows summed side by side, so that the additions of one row do not wait for each other. */
    private static final int ROWS = 8;

    private DenseSum() {}

    /**
     * Adds {@code output[o] += matrix[o][i] * input[i]} for i = 0, 1, ..., each product and each sum rounded to float32;
     * nothing is skipped, so the order of additions to one output is that of the inputs.
     *
     * @param matrix {@code [numOutputs, numInputs]} in C order
     * @param numOutputs rows of the matrix
     * @param numInputs columns of the matrix
     * @param input holds the inputs from {@code inputOffset}
     * @param inputOffset position of the first input
     * @param output holds the starting values from {@code outputOffset}, replaced by the sums
     * @param outputOffset position of the first output
     */
    static void accumulate(
            float[] matrix,
            int numOutputs,
            int numInputs,
            float[] input,
            int inputOffset,
            float[] output,
            int outputOffset) {
        int row = 0;
        for (; row + ROWS <= numOutputs; row += ROWS) {
            accumulateRows(matrix, row * numInputs, numInputs, input, inputOffset, output, outputOffset + row);
        }
        for (; row < numOutputs; row++) {
            float sum = output[outputOffset + row];
            for (int i = 0; i < numInputs; i++) {
                sum += matrix[row * numInputs + i] * input[inputOffset + i];
            }
            output[outputOffset + row] = sum;
        }
    }

    private static void accumulateRows(
            float[] m, int start, int numInputs, float[] input, int inputOffset, float[] output, int outputOffset) {
        float s0 = output[outputOffset];
        float s1 = output[outputOffset + 1];
        float s2 = output[outputOffset + 2];
        float s3 = output[outputOffset + 3];
        float s4 = output[outputOffset + 4];
        float s5 = output[outputOffset + 5];
        float s6 = output[outputOffset + 6];
        float s7 = output[outputOffset + 7];
        for (int i = 0; i < numInputs; i++) {
            float x = input[inputOffset + i];
            s0 += m[start + i] * x;
            s1 += m[start + numInputs + i] * x;
            s2 += m[start + 2 * numInputs + i] * x;
            s3 += m[start + 3 * numInputs + i] * x;
            s4 += m[start + 4 * numInputs + i] * x;
            s5 += m[start + 5 * numInputs + i] * x;
            s6 += m[start + 6 * numInputs + i] * x;
            s7 += m[start + 7 * numInputs + i] * x;
        }
        output[outputOffset] = s0;
        output[outputOffset + 1] = s1;
        output[outputOffset + 2] = s2;
        output[outputOffset + 3] = s3;
        output[outputOffset + 4] = s4;
        output[outputOffset + 5] = s5;
        output[outputOffset + 6] = s6;
        output[outputOffset + 7] = s7;
    }
}
