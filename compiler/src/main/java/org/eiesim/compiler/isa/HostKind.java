package org.eiesim.compiler.isa;

import static org.eiesim.compiler.isa.HostAttribute.number;
import static org.eiesim.compiler.isa.HostAttribute.reads;
import static org.eiesim.compiler.isa.HostAttribute.updates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
            "for every window, by rows, the values under it in the order (channel, kernel row, kernel column), 0 outside",
            plane()),
    /** Maxima of windows. */
    MAXIMUM_POOL(
            4,
            "for every channel and window the largest value under it inside the plane; `round_up` 1 counts a last window"
                    + " that overhangs",
            plane(number("round_up"))),
    /** Means of windows. */
    AVERAGE_POOL(
            5,
            "for every channel and window the mean of the values under it; `count_padding` 1 divides by the whole window",
            plane(number("round_up"), number("count_padding"))),
    /** Zeros. */
    ZERO(6, "y[i] = 0; x is y"),
    /** Gates of an LSTM. */
    LSTM_GATES(
            7,
            "one step from the sums x of the gates (input, output, forget, candidate) and the states `cell` and `hidden`;"
                    + " iteration n of a repeat writes `hidden` also to y from n times its length on",
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
