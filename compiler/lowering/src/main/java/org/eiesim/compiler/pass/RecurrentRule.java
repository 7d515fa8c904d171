package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Operation.Recurrence.Phase;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.MoveAttributes;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.kernels.nn.GateFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.RecurrentOptions;
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
    /** The values each step yields. */
    private final int width;

    private final int numSteps;
    /** The sequence of hidden states, in the order in which they are computed. */
    private final String output;

    private final float @Nullable [] merged;
    private final RecurrentOptions options;
    private final boolean hasOwnGates;
    private final SortedMap<String, String> initial = new TreeMap<>();

    private RecurrentRule(Node.Recurrent node, Rewrite rewrite) {
        this.node = node;
        this.rewrite = rewrite;
        inputWeights = rewrite.weights(Node.Recurrent.INPUT_WEIGHT);
        stateWeights = rewrite.weights(Node.Recurrent.RECURRENT_WEIGHT);
        hidden = node.hidden();
        options = node.options();
        hasOwnGates = options.hasOwnGates() && node.cell() != RecurrentCell.RNN;
        width = options.yieldsCell() ? 2 * hidden : hidden;
        numSteps = rewrite.shape(node.input()).extent(0);
        output = node.reversed() || options.yieldsCell() ? rewrite.newValue("steps", numSteps * width) : node.name();
        merged = union(
                inputWeights.codebook(),
                stateWeights.codebook(),
                1 << rewrite.graph().target().weightBits());
    }

    static void apply(Node.Recurrent node, Rewrite rewrite) {
        RecurrentRule rule = new RecurrentRule(node, rewrite);
        List<Phase> phases = switch (node.cell()) {
            case RNN -> rule.plain();
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
                rule.numSteps,
                numInputs,
                rule.hidden,
                List.of(numRows, numInputs + rule.hidden),
                phases,
                rule.initial));
        String inOrder = rule.reversed(rule.output, rule.width, !rule.options.yieldsCell());
        if (rule.options.yieldsCell()) {
            rule.gather(inOrder);
        }
    }

    /** Puts the hidden states of all steps and the last cell state, which lie apart, one after another. */
    private void gather(String steps) {
        move(steps, List.of(numSteps, hidden), List.of(width, 1), List.of(hidden, 1), 0, 0);
        move(output, List.of(hidden), List.of(1), List.of(1), numSteps * width - hidden, numSteps * hidden);
    }

    private void move(
            String from,
            List<Integer> extents,
            List<Integer> inputSteps,
            List<Integer> outputSteps,
            int first,
            int to) {
        Map<String, Integer> attributes = new TreeMap<>();
        new MoveAttributes(extents, inputSteps, outputSteps, first, to).put(attributes);
        rewrite.hostInto(node.name(), HostKind.MOVE, List.of(from), attributes);
    }

    /** Turns the steps of a cell that begins with the last one round, at its input and at its output. */
    private String reversed(String value, int length, boolean isResult) {
        if (!node.reversed()) {
            return value;
        }
        String turned = isResult
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

    /** Makes a value for a state, which starts with the one that is given, if any. */
    private String state(String what, @Nullable String first) {
        String state = rewrite.newValue(what, hidden);
        if (first != null) {
            initial.put(state, first);
        }
        return state;
    }

    /** Makes a phase whose gates are the cell's own, or those of any functions. */
    private Phase phase(
            String state,
            String sums,
            List<Operation.Product> products,
            HostKind own,
            HostKind free,
            List<String> reads,
            List<String> updates,
            String yielded) {
        if (hasOwnGates) {
            return new Phase(
                    state, sums, products, own, reads, updates, yielded, Collections.emptySortedMap(), List.of());
        }
        SortedMap<String, Integer> numbers = new TreeMap<>();
        List<RecurrentOptions.Gate> gates = options.gatesOf(node.cell());
        for (int i = 0; i < gates.size(); i++) {
            numbers.put(
                    String.valueOf((char) ('f' + i)),
                    List.of(GateFunction.values()).indexOf(gates.get(i).function()));
        }
        List<float[]> constants = new ArrayList<>(List.of(options.coefficients(node.cell())));
        if (free == HostKind.LSTM_FREE_GATES) {
            numbers.put("coupled", options.isCoupled() ? 1 : 0);
            numbers.put("yields_cell", options.yieldsCell() ? 1 : 0);
            constants.add(options.peepholesOf(hidden));
        }
        return new Phase(state, sums, products, free, reads, updates, yielded, numbers, constants);
    }

    private List<Phase> plain() {
        String state = state("hidden", options.initialHidden());
        String sums = rewrite.newValue("sums", hidden);
        return List.of(phase(
                state,
                sums,
                products(sums, inputWeights, stateWeights, bias(0, hidden)),
                HostKind.RNN_GATES,
                HostKind.RNN_GATES,
                List.of(),
                List.of(state),
                output));
    }

    private List<Phase> lstm(HostKind gates) {
        String state = state("hidden", options.initialHidden());
        String cell = state("cell", options.initialCell());
        int numRows = node.cell().numGates() * hidden;
        String sums = rewrite.newValue("sums", numRows);
        return List.of(phase(
                state,
                sums,
                products(sums, inputWeights, stateWeights, bias(0, numRows)),
                gates,
                HostKind.LSTM_FREE_GATES,
                List.of(),
                List.of(cell, state),
                output));
    }

    private List<Phase> gru() {
        String state = state("hidden", options.initialHidden());
        String update = rewrite.newValue("update", hidden);
        String reset = rewrite.newValue("reset", hidden);
        String gates = rewrite.newValue("gates", 2 * hidden);
        String candidate = rewrite.newValue("candidate", hidden);
        return List.of(
                phase(
                        state,
                        gates,
                        products(
                                gates,
                                rows(inputWeights, 0, 2 * hidden),
                                rows(stateWeights, 0, 2 * hidden),
                                bias(0, 2 * hidden)),
                        HostKind.GRU_RESET,
                        HostKind.GRU_FREE_RESET,
                        List.of(state),
                        List.of(update),
                        reset),
                phase(
                        reset,
                        candidate,
                        products(
                                candidate,
                                rows(inputWeights, 2 * hidden, 3 * hidden),
                                rows(stateWeights, 2 * hidden, 3 * hidden),
                                bias(2 * hidden, 3 * hidden)),
                        HostKind.GRU_FINISH,
                        HostKind.GRU_FREE_FINISH,
                        List.of(update),
                        List.of(state),
                        output));
    }

    /** The reset acts on the recurrent sums, so these and the sums over the input have accumulators of their own. */
    private List<Phase> gruResetAfter() {
        String state = state("hidden", options.initialHidden());
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
        return List.of(phase(
                state,
                sums,
                products(sums, padded(inputWeights, 0, 2 * numRows), padded(stateWeights, numRows, 2 * numRows), bias),
                HostKind.GRU_RESET_AFTER,
                HostKind.GRU_FREE_RESET_AFTER,
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
