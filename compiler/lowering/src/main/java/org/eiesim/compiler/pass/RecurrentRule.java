package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Operation.Recurrence.Phase;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Tensor;
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
    /** The sequence of hidden states, in the order in which they are computed. */
    private final String output;

    private final float @Nullable [] merged;

    private RecurrentRule(Node.Recurrent node, Rewrite rewrite) {
        this.node = node;
        this.rewrite = rewrite;
        inputWeights = rewrite.weights(Node.Recurrent.INPUT_WEIGHT);
        stateWeights = rewrite.weights(Node.Recurrent.RECURRENT_WEIGHT);
        hidden = node.hidden();
        output = node.reversed()
                ? rewrite.newValue("steps", rewrite.shape(node.name()).size())
                : node.name();
        merged = union(
                inputWeights.codebook(),
                stateWeights.codebook(),
                1 << rewrite.graph().target().weightBits());
    }

    static void apply(Node.Recurrent node, Rewrite rewrite) {
        RecurrentRule rule = new RecurrentRule(node, rewrite);
        List<Phase> phases = switch (node.cell()) {
            case LSTM -> rule.lstm(HostKind.LSTM_GATES);
            case LSTM_LINEAR_OUTPUT -> rule.lstm(HostKind.LSTM_LINEAR_GATES);
            case GRU -> rule.gru();
            case GRU_RESET_AFTER -> rule.gruResetAfter();
        };
        int numInputs = rule.inputWeights.columns();
        int numRows = phases.stream()
                .mapToInt(phase -> phase.products().get(0).weights().outputs())
                .sum();
        String input = rule.reversed(node.input(), numInputs, false);
        rewrite.add(new Operation.Recurrence(
                rule.output,
                input,
                rewrite.shape(node.input()).extent(0),
                numInputs,
                rule.hidden,
                List.of(numRows, numInputs + rule.hidden),
                phases));
        rule.reversed(rule.output, rule.hidden, true);
    }

    /** Turns the steps of a cell that begins with the last one round, at its input and at its output. */
    private String reversed(String value, int length, boolean end) {
        if (!node.reversed()) {
            return value;
        }
        String turned = end
                ? node.name()
                : rewrite.newValue("turned", rewrite.shape(value).size());
        rewrite.hostInto(turned, HostKind.REVERSE, List.of(value), Map.of("axis_length", length));
        return turned;
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

    private List<Phase> lstm(HostKind gates) {
        String state = rewrite.newValue("hidden", hidden);
        String cell = rewrite.newValue("cell", hidden);
        int numRows = node.cell().numGates() * hidden;
        String sums = rewrite.newValue("sums", numRows);
        return List.of(new Phase(
                state,
                sums,
                products(sums, inputWeights, stateWeights, bias(0, numRows)),
                gates,
                List.of(),
                List.of(cell, state),
                output));
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
                        products(
                                gates,
                                rows(inputWeights, 0, 2 * hidden),
                                rows(stateWeights, 0, 2 * hidden),
                                bias(0, 2 * hidden)),
                        HostKind.GRU_RESET,
                        List.of(state),
                        List.of(update),
                        reset),
                new Phase(
                        reset,
                        candidate,
                        products(
                                candidate,
                                rows(inputWeights, 2 * hidden, 3 * hidden),
                                rows(stateWeights, 2 * hidden, 3 * hidden),
                                bias(2 * hidden, 3 * hidden)),
                        HostKind.GRU_FINISH,
                        List.of(update),
                        List.of(state),
                        output));
    }

    /** The reset acts on the recurrent sums, so these and the sums over the input have accumulators of their own. */
    private List<Phase> gruResetAfter() {
        String state = rewrite.newValue("hidden", hidden);
        int numRows = node.cell().numGates() * hidden;
        String sums = rewrite.newValue("sums", 2 * numRows);
        float[] first = bias(0, numRows);
        Tensor second = node.recurrentBias();
        float[] bias = null;
        if (first != null || second != null) {
            bias = first == null ? new float[2 * numRows] : Arrays.copyOf(first, 2 * numRows);
            if (second != null) {
                System.arraycopy(second.values(), 0, bias, numRows, numRows);
            }
        }
        return List.of(new Phase(
                state,
                sums,
                products(sums, padded(inputWeights, 0, 2 * numRows), padded(stateWeights, numRows, 2 * numRows), bias),
                HostKind.GRU_RESET_AFTER,
                List.of(),
                List.of(state),
                output));
    }

    private float @Nullable [] bias(int firstRow, int endRow) {
        Tensor bias = node.bias();
        return bias == null ? null : Arrays.copyOfRange(bias.values(), firstRow, endRow);
    }

    /** Puts weights among rows of zeros. */
    private static SharedWeights padded(SharedWeights weights, int firstRow, int numRows) {
        byte[] codes = new byte[numRows * weights.columns()];
        System.arraycopy(weights.codes(), 0, codes, firstRow * weights.columns(), weights.codes().length);
        return new SharedWeights(numRows, weights.columns(), 1, 1, weights.codebook(), codes);
    }

    /** Makes the product or products over the input and the state. */
    private List<Operation.Product> products(
            String sums, SharedWeights input, SharedWeights state, float @Nullable [] bias) {
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
