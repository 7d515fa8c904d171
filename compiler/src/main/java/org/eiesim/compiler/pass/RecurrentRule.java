package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.ir.LayerKind;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Operation.Recurrence.Phase;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentCell;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent cell becomes, per step, products over the vector of the step's input and the hidden state behind it: one for
 * all gates of an LSTM; for a GRU one for update and reset and one for the candidate, which sees the hidden state after
 * the reset. Where the shared weights for input and state together exceed the machine's codebook index, each such product
 * is two, one per codebook, into the same accumulators.
 *
 * <p>Source: EIE VII-A (NT-LSTM merges the eight products of a cell in one matrix).
 */
final class RecurrentRule {
    private final Node.Recurrent node;
    private final Rewrite rewrite;
    private final SharedWeights inputWeights;
    private final SharedWeights stateWeights;
    private final int hidden;
    private final float @Nullable [] merged;

    private RecurrentRule(Node.Recurrent node, Rewrite rewrite) {
        this.node = node;
        this.rewrite = rewrite;
        inputWeights = rewrite.weights(Node.Recurrent.INPUT_WEIGHT);
        stateWeights = rewrite.weights(Node.Recurrent.RECURRENT_WEIGHT);
        hidden = node.hidden();
        merged = union(
                inputWeights.codebook(),
                stateWeights.codebook(),
                1 << rewrite.graph().target().weightBits());
    }

    /** Returns why the cell cannot be lowered, or an empty text. */
    static String apply(Node.Recurrent node, Rewrite rewrite) {
        if (node.reversed() || (node.cell() != RecurrentCell.LSTM && node.cell() != RecurrentCell.GRU)) {
            return "a " + node.cell() + " cell" + (node.reversed() ? " that runs backwards" : "")
                    + " cannot be lowered yet";
        }
        RecurrentRule rule = new RecurrentRule(node, rewrite);
        List<Phase> phases = node.cell() == RecurrentCell.LSTM ? rule.lstm() : rule.gru();
        int numInputs = rule.inputWeights.columns();
        rewrite.add(new Operation.Recurrence(
                node.name(),
                node.input(),
                rewrite.shape(node.input()).extent(0),
                numInputs,
                rule.hidden,
                List.of(rule.inputWeights.outputs(), numInputs + rule.hidden),
                phases));
        return "";
    }

    /** Returns the shared weights of both, 0 first, or null where they are too many. */
    private static float @Nullable [] union(float[] first, float[] second, int capacity) {
        Map<Integer, Float> all = new LinkedHashMap<>();
        for (float[] codebook : List.of(first, second)) {
            for (float weight : codebook) {
                all.putIfAbsent(Float.floatToRawIntBits(weight), weight);
            }
        }
        if (all.size() > capacity) {
            return null;
        }
        float[] union = new float[all.size()];
        int at = 0;
        for (float weight : all.values()) {
            union[at++] = weight;
        }
        return union;
    }

    private List<Phase> lstm() {
        String state = rewrite.newValue("hidden", hidden);
        String cell = rewrite.newValue("cell", hidden);
        int numRows = node.cell().numGates() * hidden;
        String sums = rewrite.newValue("sums", numRows);
        return List.of(new Phase(
                state,
                sums,
                products(sums, 0, numRows),
                HostKind.LSTM_GATES,
                List.of(),
                List.of(cell, state),
                node.name()));
    }

    private List<Phase> gru() {
        String state = rewrite.newValue("hidden", hidden);
        String update = rewrite.newValue("update", hidden);
        String reset = rewrite.newValue("reset", hidden);
        String gates = rewrite.newValue("gates", 2 * hidden);
        String candidate = rewrite.newValue("candidate", hidden);
        return List.of(
                new Phase(
                        state,
                        gates,
                        products(gates, 0, 2 * hidden),
                        HostKind.GRU_RESET,
                        List.of(state),
                        List.of(update),
                        reset),
                new Phase(
                        reset,
                        candidate,
                        products(candidate, 2 * hidden, 3 * hidden),
                        HostKind.GRU_FINISH,
                        List.of(update),
                        List.of(state),
                        node.name()));
    }

    /** Makes the product or products of a range of rows. */
    private List<Operation.Product> products(String sums, int firstRow, int endRow) {
        float[] bias =
                node.bias() == null ? null : Arrays.copyOfRange(node.bias().values(), firstRow, endRow);
        SharedWeights input = rows(inputWeights, firstRow, endRow);
        SharedWeights state = rows(stateWeights, firstRow, endRow);
        List<Operation.Product> products = new ArrayList<>();
        if (merged != null) {
            products.add(product(sums, beside(input, state, merged), bias));
        } else {
            products.add(product(sums, input, null));
            products.add(product(sums, state, bias));
        }
        return products;
    }

    private Operation.Product product(String sums, SharedWeights weights, float @Nullable [] bias) {
        return new Operation.Product(
                sums,
                node.input(),
                node.name(),
                LayerKind.RECURRENT,
                weights,
                1,
                bias,
                Vectors.packed(1, weights.columns(), weights.outputs()),
                ActivationCode.NONE,
                List.of());
    }

    private static SharedWeights rows(SharedWeights weights, int firstRow, int endRow) {
        int numColumns = weights.columns();
        return new SharedWeights(
                endRow - firstRow,
                numColumns,
                1,
                1,
                weights.codebook(),
                Arrays.copyOfRange(weights.codes(), firstRow * numColumns, endRow * numColumns));
    }

    private static SharedWeights beside(SharedWeights left, SharedWeights right, float[] codebook) {
        int numColumns = left.columns() + right.columns();
        byte[] codes = new byte[left.outputs() * numColumns];
        put(left, codebook, codes, 0, numColumns);
        put(right, codebook, codes, left.columns(), numColumns);
        return new SharedWeights(left.outputs(), numColumns, 1, 1, codebook, codes);
    }

    private static void put(SharedWeights from, float[] codebook, byte[] codes, int firstColumn, int numColumns) {
        byte[] recoded = new byte[from.codebook().length];
        for (int code = 0; code < recoded.length; code++) {
            recoded[code] = (byte) codeOf(from.codebook()[code], codebook);
        }
        int width = from.columns();
        for (int i = 0; i < from.codes().length; i++) {
            codes[i / width * numColumns + firstColumn + i % width] = recoded[from.codes()[i] & 0xFF];
        }
    }

    private static int codeOf(float weight, float[] codebook) {
        for (int code = 0; code < codebook.length; code++) {
            if (Float.floatToRawIntBits(codebook[code]) == Float.floatToRawIntBits(weight)) {
                return code;
            }
        }
        throw new IllegalStateException("no shared weight is " + weight);
    }
}
