package org.eiesim.compiler.program;

import java.util.List;
import java.util.Map;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.MoveAttributes;
import org.eiesim.compiler.isa.PlaneAttributes;
import org.eiesim.kernels.nn.ElementFunction;
import org.eiesim.kernels.nn.GateFunction;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.kernels.nn.SlidingWindow;
import org.eiesim.kernels.nn.Winograd;

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

    /** Operations per hidden value of a GRU whose reset acts on the sums: 3 functions, 3 products, 5 sums. */
    private static final int GRU_RESET_AFTER_OPERATIONS = 11;

    /** Operations per value: sum, difference, square and its sum, three to scale, one to shift. */
    private static final int LAYER_NORM_OPERATIONS = 8;

    /** Operations per value: a difference, a quotient, a product and a sum. */
    private static final int BATCH_NORM_OPERATIONS = 4;

    /** Operations per value besides the squares and their sum: a product, a sum, a power and a quotient. */
    private static final int LOCAL_RESPONSE_OPERATIONS = 4;

    /** Operations per hidden value for peepholes: a product and a sum in each of three gates. */
    private static final int PEEPHOLE_OPERATIONS = 6;

    private static final int LSTM_GATES = 4;

    /** Sums over the input and over the state for each of three gates. */
    private static final int RESET_AFTER_SUMS = 6;

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
            case ADD,
                    SUBTRACT,
                    MULTIPLY,
                    DIVIDE,
                    MAXIMUM,
                    MINIMUM,
                    POWER,
                    EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    REMAINDER,
                    MODULO -> new HostShape(inputLength, inputLength, List.of(inputLength), inputLength);
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
            case LSTM_GATES, LSTM_LINEAR_GATES -> {
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
            case GRU_RESET_AFTER -> {
                long hidden = inputLength / RESET_AFTER_SUMS;
                yield new HostShape(
                        hidden * RESET_AFTER_SUMS, hidden, List.of(hidden), hidden * GRU_RESET_AFTER_OPERATIONS);
            }
            case RNN_GATES, LSTM_FREE_GATES, GRU_FREE_RESET, GRU_FREE_FINISH, GRU_FREE_RESET_AFTER ->
                ofFreeGates(kind, attributes, inputLength);
            default -> ofTensors(kind, attributes, inputLength);
        };
    }

    /** The gates of cells with functions of their own; coefficients are two per function and the bound. */
    private static HostShape ofFreeGates(HostKind kind, Map<String, Integer> attributes, long length) {
        for (String function : List.of("f", "g", "h")) {
            requireBelow(function, attributes, GateFunction.values().length);
        }
        requireBelow("coupled", attributes, 2);
        requireBelow("yields_cell", attributes, 2);
        return switch (kind) {
            case RNN_GATES -> new HostShape(length, length, List.of(3L, length), length);
            case LSTM_FREE_GATES -> {
                long hidden = length / LSTM_GATES;
                yield new HostShape(
                        hidden * LSTM_GATES,
                        hidden * (1 + attributes.getOrDefault("yields_cell", 0)),
                        List.of(7L, 3 * hidden, hidden, hidden),
                        hidden * (LSTM_OPERATIONS + PEEPHOLE_OPERATIONS));
            }
            case GRU_FREE_RESET -> {
                long hidden = length / 2;
                yield new HostShape(hidden * 2, hidden, List.of(5L, hidden, hidden), hidden * GRU_RESET_OPERATIONS);
            }
            case GRU_FREE_FINISH ->
                new HostShape(length, length, List.of(5L, length, length), length * GRU_FINISH_OPERATIONS);
            default -> {
                long hidden = length / RESET_AFTER_SUMS;
                yield new HostShape(
                        hidden * RESET_AFTER_SUMS, hidden, List.of(5L, hidden), hidden * GRU_RESET_AFTER_OPERATIONS);
            }
        };
    }

    /** The kinds that work on whole tensors. */
    private static HostShape ofTensors(HostKind kind, Map<String, Integer> attributes, long inputLength) {
        long length = attributes.getOrDefault("axis_length", 0);
        return switch (kind) {
            case REVERSE -> {
                requireDivisor("axis_length", attributes, inputLength);
                yield each(inputLength, 1);
            }
            case MOVE -> {
                MoveAttributes move = MoveAttributes.of(attributes);
                if (move.inputEnd() > inputLength) {
                    throw new IllegalArgumentException(
                            "a move reads " + move.inputEnd() + " of " + inputLength + " values");
                }
                yield new HostShape(inputLength, move.outputEnd(), List.of(), move.count());
            }
            case FUNCTION -> {
                requireBelow("function", attributes, ElementFunction.values().length);
                yield each(inputLength, 1);
            }
            case SELECT -> new HostShape(inputLength, inputLength, List.of(inputLength, inputLength), inputLength);
            case CONSTANT -> new HostShape(inputLength, inputLength, List.of(inputLength), inputLength);
            case REDUCE -> {
                requireDivisor("axis_length", attributes, inputLength);
                requireBelow("operator", attributes, ReductionOperator.values().length);
                yield new HostShape(inputLength, inputLength / length, List.of(), inputLength);
            }
            case MATRIX_PRODUCT -> matrixProduct(attributes);
            case EMBEDDING ->
                new HostShape(
                        inputLength,
                        inputLength * length,
                        List.of(attributes.getOrDefault("rows", 0) * length),
                        inputLength * length);
            case LAYER_NORM -> {
                requireDivisor("axis_length", attributes, inputLength);
                yield new HostShape(
                        inputLength, inputLength, List.of(length, length, 1L), inputLength * LAYER_NORM_OPERATIONS);
            }
            case BATCH_NORM -> {
                requireDivisor("channels", attributes, inputLength);
                long channels = attributes.getOrDefault("channels", 0);
                yield new HostShape(
                        inputLength,
                        inputLength,
                        List.of(channels, channels, channels, channels, 1L),
                        inputLength * BATCH_NORM_OPERATIONS);
            }
            case LOCAL_RESPONSE -> {
                requireDivisor("channels", attributes, inputLength);
                int size = attributes.getOrDefault("size", 0);
                yield new HostShape(
                        inputLength, inputLength, List.of(3L), inputLength * (2L * size + LOCAL_RESPONSE_OPERATIONS));
            }
            case PUT_BACK -> {
                long rows = attributes.getOrDefault("rows", 0);
                long count = attributes.getOrDefault("count", 0);
                long end = (rows - 1) * attributes.getOrDefault("step", 0)
                        + (count - 1) * attributes.getOrDefault("stride", 0)
                        + 1;
                if (rows < 1 || count < 1 || end > inputLength) {
                    throw new IllegalArgumentException(
                            rows + " rows of " + count + " vectors do not fit " + inputLength + " values");
                }
                yield new HostShape(inputLength, inputLength, List.of(rows), rows * count);
            }
            case GATHER -> gather(attributes, inputLength);
            case WINOGRAD_INPUT -> winogradInput(attributes);
            case WINOGRAD_OUTPUT -> winogradOutput(attributes);
            case CLIP, HARD_SIGMOID -> new HostShape(inputLength, inputLength, List.of(2L), inputLength * 2);
            case LEAKY_RELU, ELU -> new HostShape(inputLength, inputLength, List.of(1L), inputLength * 2);
            default -> throw new IllegalStateException("no shape for " + kind);
        };
    }

    private static HostShape gather(Map<String, Integer> attributes, long inputLength) {
        long run = (long) attributes.getOrDefault("axis_length", 0) * attributes.getOrDefault("width", 0);
        long count = attributes.getOrDefault("count", 0);
        if (run < 1 || count < 1 || inputLength % run != 0) {
            throw new IllegalArgumentException(
                    count + " of runs of " + run + " values do not fit " + inputLength + " values");
        }
        long output = Math.multiplyExact(inputLength / attributes.getOrDefault("axis_length", 0), count);
        return new HostShape(inputLength, output, List.of(count), output);
    }

    private static HostShape winogradInput(Map<String, Integer> attributes) {
        SlidingWindow window = PlaneAttributes.window(attributes);
        if (!Winograd.fits(window)) {
            throw new IllegalArgumentException("Winograd's tiles need a 3x3 kernel at stride 1 without dilation, not "
                    + window.kernelHeight() + "x" + window.kernelWidth() + " at stride " + window.strideHeight() + "x"
                    + window.strideWidth() + " and dilation " + window.dilationHeight() + "x"
                    + window.dilationWidth());
        }
        long tiles = Math.multiplyExact((long) attributes.getOrDefault(PlaneAttributes.CHANNELS, 0), (long)
                Winograd.numTiles(window.outputHeight(), window.outputWidth()));
        return new HostShape(
                planes(attributes),
                Math.multiplyExact(Winograd.NUM_PRODUCTS, tiles),
                List.of(),
                Math.multiplyExact(Winograd.INPUT_ADDITIONS, tiles));
    }

    private static HostShape winogradOutput(Map<String, Integer> attributes) {
        int channels = attributes.getOrDefault(PlaneAttributes.CHANNELS, 0);
        int height = attributes.getOrDefault(PlaneAttributes.HEIGHT, 0);
        int width = attributes.getOrDefault(PlaneAttributes.WIDTH, 0);
        if (channels < 1 || height < 1 || width < 1 || height == Integer.MAX_VALUE || width == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no planes of outputs: " + channels + " of " + height + "x" + width);
        }
        long tiles = Math.multiplyExact((long) channels, (long) Winograd.numTiles(height, width));
        return new HostShape(
                Math.multiplyExact(Winograd.NUM_PRODUCTS, tiles),
                Math.multiplyExact((long) channels, Math.multiplyExact((long) height, (long) width)),
                List.of(),
                Math.multiplyExact(Winograd.OUTPUT_ADDITIONS, tiles));
    }

    private static HostShape matrixProduct(Map<String, Integer> attributes) {
        long batch = attributes.getOrDefault("batch", 0);
        long rows = attributes.getOrDefault("rows", 0);
        long inner = attributes.getOrDefault("inner", 0);
        long columns = attributes.getOrDefault("columns", 0);
        try {
            long output = Math.multiplyExact(Math.multiplyExact(batch, rows), columns);
            long input = Math.multiplyExact(Math.multiplyExact(batch, rows), inner);
            long second = Math.multiplyExact(Math.multiplyExact(batch, inner), columns);
            // A product and a sum for each term.
            return new HostShape(input, output, List.of(second), Math.multiplyExact(2 * inner, output));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "matrices of " + rows + "x" + inner + "x" + columns + " are too large", e);
        }
    }

    /**
     * Says whether a kind yields one step of a sequence: in a repeat every iteration writes its own part of the output.
     *
     * @param kind what the host computes
     * @return true for the last operation of a recurrent cell
     */
    public static boolean yieldsSteps(HostKind kind) {
        return switch (kind) {
            case LSTM_GATES,
                    LSTM_LINEAR_GATES,
                    GRU_FINISH,
                    GRU_RESET_AFTER,
                    RNN_GATES,
                    LSTM_FREE_GATES,
                    GRU_FREE_FINISH,
                    GRU_FREE_RESET_AFTER -> true;
            default -> false;
        };
    }

    /**
     * Says whether a kind reads nothing: its input is its output.
     *
     * @param kind what the host computes
     * @return true for zeros and constants
     */
    public static boolean readsNothing(HostKind kind) {
        return kind == HostKind.ZERO || kind == HostKind.CONSTANT;
    }

    /**
     * Says whether a kind writes a part of its output, so that several operations may write one buffer.
     *
     * @param kind what the host computes
     * @return true for moves
     */
    public static boolean writesPart(HostKind kind) {
        return kind == HostKind.MOVE;
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
