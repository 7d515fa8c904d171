package org.eiesim.models.importers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * The handwriting network of distill.pub ("Experiments in Handwriting with a Neural Network"): a long short-term memory of
 * 500 over pen strokes and a dense layer. The file is a JSON array {@code [out_w, out_b, Wx, Wh, bias]}; matrices are lists
 * of rows {@code [text]}, a text being base64 of one byte per value, and {@code value = (byte - 127) / 127 * scale}.
 *
 * <p>Rows of Wx and Wh are inputs, their columns gates in the order input, candidate, forget, output; 1 is added to the
 * forget gate. Here they are transposed, brought into the order input, output, forget, candidate, and the 1 is part of the
 * bias.
 */
public final class HandwritingLstm {
    private static final float OUT_WEIGHT_SCALE = 1.5f;
    private static final float OUT_BIAS_SCALE = 2.5f;
    private static final float INPUT_SCALE = 2f;
    private static final float RECURRENT_SCALE = 0.8f;
    private static final float BIAS_SCALE = 1.5f;
    private static final float FORGET_BIAS = 1f;

    /** Where each gate of this project's order stands in the file's. */
    private static final int[] GATES = {0, 3, 2, 1};

    private static final int FORGET = 2;

    private HandwritingLstm() {}

    /**
     * Reads a file.
     *
     * @param path the file
     * @param numSteps pen strokes of one sample, &ge; 1
     * @return the network: input {@code strokes} of {@code [steps, 3]}, output {@code [steps, 121]} from layer {@code out}
     * @throws FormatException if the file is missing, damaged or has matrices that do not fit together
     * @throws IOException if reading fails
     */
    public static Network read(Path path, int numSteps) throws IOException {
        JsonNode root = JsonFile.read(path);
        try {
            return network(root, numSteps);
        } catch (FormatException e) {
            throw e.within(path.toString());
        }
    }

    private static Network network(JsonNode root, int numSteps) throws FormatException {
        if (!root.isArray() || root.size() != 5) {
            throw new FormatException("root", "an array of 5 tensors is needed");
        }
        float[][] out = matrix("out_w", root.get(0), OUT_WEIGHT_SCALE);
        float[] outBias = vector("out_b", root.get(1), OUT_BIAS_SCALE);
        float[][] input = matrix("Wx", root.get(2), INPUT_SCALE);
        float[][] recurrent = matrix("Wh", root.get(3), RECURRENT_SCALE);
        float[] bias = vector("bias", root.get(4), BIAS_SCALE);
        int hidden = recurrent.length;
        requireWidth("Wx", input, 4 * hidden);
        requireWidth("Wh", recurrent, 4 * hidden);
        requireWidth("bias", new float[][] {bias}, 4 * hidden);
        requireWidth("out_w", out, outBias.length);
        if (out.length != hidden) {
            throw new FormatException("out_w", out.length + " rows for " + hidden + " hidden values");
        }
        float[] gateBias = new float[4 * hidden];
        for (int row = 0; row < gateBias.length; row++) {
            gateBias[row] = bias[column(row, hidden)] + (row / hidden == FORGET ? FORGET_BIAS : 0);
        }
        Node lstm = new Node.Recurrent(
                "lstm",
                "strokes",
                RecurrentCell.LSTM,
                gates(input, hidden),
                gates(recurrent, hidden),
                new Tensor(Shape.of(4 * hidden), gateBias));
        Tensor outWeight = transposed(out, outBias.length, column -> column);
        Node dense = new Node.Dense("out", "lstm", outWeight, new Tensor(Shape.of(outBias.length), outBias));
        Network.Input strokes = new Network.Input("strokes", Shape.of(numSteps, input.length));
        return new Network("handwriting", List.of(strokes), List.of(lstm, dense), List.of("out"));
    }

    private static int column(int row, int hidden) {
        return GATES[row / hidden] * hidden + row % hidden;
    }

    private static Tensor gates(float[][] matrix, int hidden) {
        return transposed(matrix, 4 * hidden, row -> column(row, hidden));
    }

    private interface ColumnOf {
        int row(int row);
    }

    private static Tensor transposed(float[][] matrix, int numRows, ColumnOf column) {
        float[] values = new float[numRows * matrix.length];
        for (int row = 0; row < numRows; row++) {
            for (int i = 0; i < matrix.length; i++) {
                values[row * matrix.length + i] = matrix[i][column.row(row)];
            }
        }
        return new Tensor(Shape.of(numRows, matrix.length), values);
    }

    private static void requireWidth(String name, float[][] rows, int width) throws FormatException {
        for (float[] row : rows) {
            if (row.length != width) {
                throw new FormatException(name, "a row has " + row.length + " values, not " + width);
            }
        }
    }

    private static float[][] matrix(String name, JsonNode rows, float scale) throws FormatException {
        if (!rows.isArray() || rows.isEmpty()) {
            throw new FormatException(name, "a list of rows is needed");
        }
        float[][] matrix = new float[rows.size()][];
        for (int row = 0; row < matrix.length; row++) {
            JsonNode node = rows.get(row);
            matrix[row] = vector(name, node.isArray() && node.size() == 1 ? node.get(0) : node, scale);
        }
        return matrix;
    }

    private static float[] vector(String name, JsonNode text, float scale) throws FormatException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.asText());
        } catch (IllegalArgumentException e) {
            throw new FormatException(name, "not base64: " + e.getMessage());
        }
        if (!text.isTextual() || bytes.length == 0) {
            throw new FormatException(name, "a base64 text is needed");
        }
        float[] values = new float[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((bytes[i] & 0xFF) - 127) / 127f * scale;
        }
        return values;
    }
}
