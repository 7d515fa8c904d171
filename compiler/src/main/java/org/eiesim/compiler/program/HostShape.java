package org.eiesim.compiler.program;

import java.util.List;
import java.util.Map;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.PlaneAttributes;
import org.eiesim.kernels.nn.SlidingWindow;

/**
 * The lengths a host operation needs, and its work.
 *
 * @param input values it reads from the input buffer
 * @param output values it yields; in a repeat, in each iteration
 * @param others values of the other buffers and constants, in the order of the kind's attributes that name such
 * @param operations arithmetic operations, comparisons and moves of single values
 */
public record HostShape(long input, long output, List<Long> others, long operations) {
    /** Operations per value of softmax: subtract the maximum, exponential, sum, divide. */
    private static final int SOFTMAX_OPERATIONS = 4;

    /** Operations per hidden value of an LSTM: five functions, three products and a sum. */
    private static final int LSTM_OPERATIONS = 9;

    /** Operations per hidden value of the first half of a GRU: two functions and a product. */
    private static final int GRU_RESET_OPERATIONS = 3;

    /** Operations per hidden value of the second half of a GRU: a function, two products, a difference and a sum. */
    private static final int GRU_FINISH_OPERATIONS = 5;

    private static final int LSTM_GATES = 4;

    /** Copies the list. */
    public HostShape {
        others = List.copyOf(others);
    }

    /**
     * Finds the lengths.
     *
     * @param kind what the host computes
     * @param attributes exactly the attributes of that kind
     * @param inputLength values of the input buffer, which for some kinds decides the rest
     * @return the lengths that are needed
     * @throws IllegalArgumentException if the attributes do not make sense
     */
    public static HostShape of(HostKind kind, Map<String, Integer> attributes, long inputLength) {
        return switch (kind) {
            case SOFTMAX -> {
                requireDivisor("axis_length", attributes, inputLength);
                yield each(inputLength, SOFTMAX_OPERATIONS);
            }
            case ADD -> new HostShape(inputLength, inputLength, List.of(inputLength), inputLength);
            case ACTIVATION -> {
                requireBelow("function", attributes, ActivationCode.values().length);
                yield each(inputLength, 1);
            }
            case IM2COL -> {
                long output =
                        windows(attributes) * PlaneAttributes.window(attributes).numTaps();
                yield new HostShape(planes(attributes), output, List.of(), output);
            }
            case MAXIMUM_POOL, AVERAGE_POOL -> {
                requireBelow(PlaneAttributes.ROUND_UP, attributes, 2);
                requireBelow("count_padding", attributes, 2);
                long output = windows(attributes);
                long taps = PlaneAttributes.window(attributes).numTaps();
                yield new HostShape(planes(attributes), output, List.of(), output * taps);
            }
            case ZERO -> each(inputLength, 1);
            case LSTM_GATES -> {
                long hidden = inputLength / LSTM_GATES;
                yield new HostShape(hidden * LSTM_GATES, hidden, List.of(hidden, hidden), hidden * LSTM_OPERATIONS);
            }
            case GRU_RESET -> {
                long hidden = inputLength / 2;
                yield new HostShape(hidden * 2, hidden, List.of(hidden, hidden), hidden * GRU_RESET_OPERATIONS);
            }
            case GRU_FINISH ->
                new HostShape(
                        inputLength,
                        inputLength,
                        List.of(inputLength, inputLength),
                        inputLength * GRU_FINISH_OPERATIONS);
        };
    }

    /**
     * Says whether a kind yields one step of a sequence: in a repeat every iteration writes its own part of the output.
     *
     * @param kind what the host computes
     * @return true for the last operation of a recurrent cell
     */
    public static boolean yieldsSteps(HostKind kind) {
        return kind == HostKind.LSTM_GATES || kind == HostKind.GRU_FINISH;
    }

    private static HostShape each(long length, int operations) {
        return new HostShape(length, length, List.of(), length * operations);
    }

    private static long planes(Map<String, Integer> attributes) {
        SlidingWindow window = PlaneAttributes.window(attributes);
        return (long) attributes.getOrDefault(PlaneAttributes.CHANNELS, 0) * window.height() * window.width();
    }

    private static long windows(Map<String, Integer> attributes) {
        int channels = attributes.getOrDefault(PlaneAttributes.CHANNELS, 0);
        return (long) channels * PlaneAttributes.window(attributes).numOutputs();
    }

    private static void requireDivisor(String name, Map<String, Integer> attributes, long length) {
        int value = attributes.getOrDefault(name, 0);
        if (value < 1 || length % value != 0) {
            throw new IllegalArgumentException(name + " " + value + " does not divide " + length + " values");
        }
    }

    private static void requireBelow(String name, Map<String, Integer> attributes, int end) {
        int value = attributes.getOrDefault(name, 0);
        if (value >= end) {
            throw new IllegalArgumentException(name + " must be below " + end + ", not " + value);
        }
    }
}
