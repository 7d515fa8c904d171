package org.eiesim.compiler.isa;

import static org.eiesim.compiler.isa.HostAttribute.constant;
import static org.eiesim.compiler.isa.HostAttribute.number;
import static org.eiesim.compiler.isa.HostAttribute.reads;
import static org.eiesim.compiler.isa.HostAttribute.updates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eiesim.kernels.nn.ElementFunction;

/** What the host computes between products. {@code x} is the input buffer, {@code y} the output buffer. */
public enum HostKind implements Coded {
    /** Softmax. */
    SOFTMAX(0, "y[i] = exp(x[i]) / sum_j exp(x[j]) within each run of `axis_length` values", number("axis_length")),
    /** Sum. */
    ADD(1, "y[i] = x[i] + z[i], z being the buffer `second`", reads("second")),
    /** Activation function. */
    ACTIVATION(2, "y[i] = f(x[i]), f being the activation function numbered `function`", number("function")),
    /** Patches of a convolution. */
    IM2COL(
            3,
            "for every window, by rows, the values under it in the order (channel, kernel row, kernel column), 0"
                    + " outside",
            plane()),
    /** Maxima of windows. */
    MAXIMUM_POOL(
            4,
            "for every channel and window the largest value under it inside the plane; `round_up` 1 counts a last"
                    + " window that overhangs",
            plane(number("round_up"))),
    /** Means of windows. */
    AVERAGE_POOL(
            5,
            "for every channel and window the mean of the values under it; `count_padding` 1 divides by the whole"
                    + " window",
            plane(number("round_up"), number("count_padding"))),
    /** Zeros. */
    ZERO(6, "y[i] = 0; x is y"),
    /** Gates of an LSTM. */
    LSTM_GATES(
            7,
            "one step from the sums x of the gates (input, output, forget, candidate) and the states `cell` and"
                    + " `hidden`; iteration n of a repeat writes `hidden` also to y from n times its length on",
            updates("cell"),
            updates("hidden")),
    /** First half of a GRU's gates. */
    GRU_RESET(
            8,
            "from the sums x of the gates (update, reset): `update` = sigmoid(x_update), y = sigmoid(x_reset) `hidden`",
            reads("hidden"),
            updates("update")),
    /** Second half of a GRU's gates. */
    GRU_FINISH(
            9,
            "`hidden` = (1 - `update`) tanh(x) + `update` `hidden`, x being the sum of the candidate; iteration n of a"
                    + " repeat writes `hidden` also to y from n times its length on",
            reads("update"),
            updates("hidden")),
    /** Gates of an LSTM whose output is the bare cell state. */
    LSTM_LINEAR_GATES(10, "like lstm_gates, but `hidden` = sigmoid(output) `cell`", updates("cell"), updates("hidden")),
    /** Gates of a GRU whose reset acts on the recurrent sum. */
    GRU_RESET_AFTER(
            11,
            "one step from the sums x of the gates (update, reset, candidate), those over the input first, then those"
                    + " over the state; iteration n of a repeat writes `hidden` also to y from n times its length on",
            updates("hidden")),
    /** Steps in reverse order. */
    REVERSE(12, "the runs of `axis_length` values of x, the last one first", number("axis_length")),
    /** A rearrangement. */
    MOVE(
            13,
            "y[output_offset + sum_k i_k output_step_k] = x[input_offset + sum_k i_k input_step_k] for all"
                    + " i_k < extent_k: transposes, slices, repeats (step 0), and puts next to one another",
            MoveAttributes.all()),
    /** A constant. */
    CONSTANT(14, "y[i] = `value`[i]; x is y", constant("value")),
    /** Difference. */
    SUBTRACT(15, "y[i] = x[i] - z[i], z being the buffer `second`", reads("second")),
    /** Product. */
    MULTIPLY(16, "y[i] = x[i] z[i], z being the buffer `second`", reads("second")),
    /** Quotient. */
    DIVIDE(17, "y[i] = x[i] / z[i], z being the buffer `second`", reads("second")),
    /** The larger one. */
    MAXIMUM(18, "y[i] = max(x[i], z[i]), z being the buffer `second`", reads("second")),
    /** The smaller one. */
    MINIMUM(19, "y[i] = min(x[i], z[i]), z being the buffer `second`", reads("second")),
    /** Power. */
    POWER(20, "y[i] = x[i] to the power of z[i], z being the buffer `second`", reads("second")),
    /** Reduction of the last axes. */
    REDUCE(
            21,
            "mean (0), sum (1), maximum (2), minimum (3), product (4), position of the maximum (5) or of the minimum"
                    + " (6), as `operator` says, of each run of `axis_length` values",
            number("operator"),
            number("axis_length")),
    /** Products of two activations. */
    MATRIX_PRODUCT(
            22,
            "`batch` products of a matrix `rows` x `inner` of x and a matrix `inner` x `columns` of the buffer"
                    + " `second`",
            number("batch"),
            number("rows"),
            number("inner"),
            number("columns"),
            reads("second")),
    /** Rows of a table. */
    EMBEDDING(
            23,
            "for each index in x that row of `table`, which has `rows` rows of `axis_length` values; a negative index"
                    + " counts from the end",
            number("rows"),
            number("axis_length"),
            constant("table")),
    /** Layer normalisation. */
    LAYER_NORM(
            24,
            "each run of `axis_length` values less its mean, divided by sqrt(variance + `epsilon`), times `scale`, plus"
                    + " `shift`",
            number("axis_length"),
            constant("scale"),
            constant("shift"),
            constant("epsilon")),
    /** Batch normalisation. */
    BATCH_NORM(
            25,
            "each of `channels` planes less its `mean`, divided by sqrt(`variance` + `epsilon`), times `scale`, plus"
                    + " `shift`",
            number("channels"),
            constant("scale"),
            constant("shift"),
            constant("mean"),
            constant("variance"),
            constant("epsilon")),
    /** Local response normalisation. */
    LOCAL_RESPONSE(
            26,
            "x[c] / (k + alpha / size sum of squares over `size` channels around c)^beta in each of `channels` planes;"
                    + " `coefficients` are alpha, beta, k",
            number("channels"),
            number("size"),
            constant("coefficients")),
    /** Clip. */
    CLIP(27, "y[i] = min(high, max(low, x[i])); `coefficients` are low, high", constant("coefficients")),
    /** Leaky ReLU. */
    LEAKY_RELU(28, "y[i] = x[i], times the coefficient where it is below 0", constant("coefficients")),
    /** ELU. */
    ELU(29, "y[i] = x[i], or coefficient (exp(x[i]) - 1) where it is below 0", constant("coefficients")),
    /** Hard sigmoid. */
    HARD_SIGMOID(30, "y[i] = min(1, max(0, slope x[i] + offset)); `coefficients` are both", constant("coefficients")),
    /** Outputs of placed rows. */
    PUT_BACK(
            31,
            "y[`order`[i] step + n stride] = x[i step + n stride] for i < `rows` and n < `count`: outputs of rows"
                    + " placed on other PEs than interleaved",
            number("count"),
            number("rows"),
            number("step"),
            number("stride"),
            constant("order")),
    /** Input tiles of Winograd's convolution. */
    WINOGRAD_INPUT(
            32,
            "for every element of 4x4, channel and 2x2 tile of outputs, in this order, B^T d B of the 4x4 values d"
                    + " under the tile's 3x3 windows, 0 outside (F(2x2, 3x3))",
            plane()),
    /** Outputs of Winograd's convolution. */
    WINOGRAD_OUTPUT(
            33,
            "for every channel and tile of a plane of `height` x `width` outputs the 2x2 values A^T m A, m being the 16"
                    + " values of x for that channel and tile",
            number(PlaneAttributes.CHANNELS),
            number(PlaneAttributes.HEIGHT),
            number(PlaneAttributes.WIDTH)),
    /** Element-wise function. */
    FUNCTION(34, "y[i] = f(x[i]), f being numbered `function`: " + names(ElementFunction.values()), number("function")),
    /** Equality. */
    EQUAL(35, "y[i] = 1 where x[i] = z[i], else 0, z being the buffer `second`", reads("second")),
    /** Order. */
    LESS(36, "y[i] = 1 where x[i] < z[i], else 0, z being the buffer `second`", reads("second")),
    /** Order or equality. */
    LESS_OR_EQUAL(37, "y[i] = 1 where x[i] <= z[i], else 0, z being the buffer `second`", reads("second")),
    /** Remainder of the sign of the dividend. */
    REMAINDER(38, "y[i] = x[i] - z[i] trunc(x[i] / z[i]), z being the buffer `second`", reads("second")),
    /** Remainder of the sign of the divisor. */
    MODULO(39, "y[i] = x[i] - z[i] floor(x[i] / z[i]), z being the buffer `second`", reads("second")),
    /** Choice. */
    SELECT(40, "y[i] = `yes`[i] where x[i] is not 0, else `no`[i]", reads("yes"), reads("no")),
    /** Elements of an axis in any order. */
    GATHER(
            41,
            "for every run of `axis_length` elements of `width` values of x those that `indices`, `count` of them,"
                    + " name, in that order",
            number("axis_length"),
            number("width"),
            number("count"),
            constant("indices")),
    /** Step of a plain recurrent cell. */
    RNN_GATES(
            42,
            "`hidden` = f(x); `coefficients` are alpha and beta of f and the bound of arguments, 0 for none; iteration"
                    + " n of a repeat writes `hidden` also to y from n times its length on",
            number("f"),
            constant("coefficients"),
            updates("hidden")),
    /** Gates of an LSTM with functions of its own. */
    LSTM_FREE_GATES(
            43,
            "like lstm_gates with functions f, g, h of `coefficients` (alpha and beta of each, then the bound of"
                    + " arguments of f and g), sums of input, output and forget plus `peepholes` times `cell`, forget = 1"
                    + " - input where `coupled` is 1, and `cell` behind `hidden` in y where `yields_cell` is 1",
            number("f"),
            number("g"),
            number("h"),
            number("coupled"),
            number("yields_cell"),
            constant("coefficients"),
            constant("peepholes"),
            updates("cell"),
            updates("hidden")),
    /** First half of a GRU's gates with functions of its own. */
    GRU_FREE_RESET(
            44,
            "like gru_reset with f for the sigmoid; `coefficients` are those of f and g and the bound",
            number("f"),
            number("g"),
            constant("coefficients"),
            reads("hidden"),
            updates("update")),
    /** Second half of a GRU's gates with functions of its own. */
    GRU_FREE_FINISH(
            45,
            "like gru_finish with g for tanh; `coefficients` are those of f and g and the bound",
            number("f"),
            number("g"),
            constant("coefficients"),
            reads("update"),
            updates("hidden")),
    /** Gates of a GRU with functions of its own whose reset acts on the recurrent sum. */
    GRU_FREE_RESET_AFTER(
            46,
            "like gru_reset_after with f and g; `coefficients` are those of f and g and the bound",
            number("f"),
            number("g"),
            constant("coefficients"),
            updates("hidden"));

    private final int code;
    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<HostAttribute> attributes;

    HostKind(int code, String text, HostAttribute... attributes) {
        this.code = code;
        this.text = text;
        this.attributes = List.of(attributes);
    }

    /** Returns the names of functions with their numbers. */
    private static String names(ElementFunction[] functions) {
        return IntStream.range(0, functions.length)
                .mapToObj(number -> number + " " + functions[number].name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** Returns the attributes of windows over planes, and some more. */
    private static HostAttribute[] plane(HostAttribute... more) {
        List<HostAttribute> all = new ArrayList<>();
        for (String name : PlaneAttributes.NAMES) {
            all.add(number(name));
        }
        all.addAll(Arrays.asList(more));
        return all.toArray(HostAttribute[]::new);
    }

    /**
     * Returns the attributes it needs.
     *
     * @return the attributes, in the order in which operations give their buffers and constants
     */
    public List<HostAttribute> attributes() {
        return attributes;
    }

    /**
     * Returns what it computes.
     *
     * @return one phrase
     */
    public String text() {
        return text;
    }

    @Override
    public int code() {
        return code;
    }
}
