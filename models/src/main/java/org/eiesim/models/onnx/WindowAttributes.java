package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/**
 * The window of a convolution or pooling over any number of spatial axes, as ONNX's attributes give it.
 *
 * @param kernel its extents
 * @param strides elements between windows
 * @param dilations elements between taps
 * @param before padding before each axis
 * @param after padding behind each axis
 */
record WindowAttributes(int[] kernel, int[] strides, int[] dilations, int[] before, int[] after) {
    /**
     * Reads the attributes of a node whose input keeps its extents or shrinks.
     *
     * @param node the node
     * @param spatial the spatial extents of its input
     * @param kernel the extents of its window
     * @throws FormatException if one is missing, of another number of axes, or out of range
     */
    static WindowAttributes of(OnnxNode node, int[] spatial, int[] kernel) throws FormatException {
        int[] strides = perAxis(node, "strides", spatial.length);
        int[] dilations = perAxis(node, "dilations", spatial.length);
        String padding = node.word("auto_pad", "NOTSET");
        if (!padding.equals("NOTSET")) {
            node.ignore("pads");
        }
        int[] pads = switch (padding) {
            case "NOTSET" -> pads(node, spatial.length);
            case "VALID" -> new int[2 * spatial.length];
            case "SAME_UPPER", "SAME_LOWER" -> same(spatial, kernel, strides, dilations, padding.equals("SAME_LOWER"));
            default -> throw node.unsupported("auto_pad", padding);
        };
        return new WindowAttributes(
                kernel,
                strides,
                dilations,
                Arrays.copyOf(pads, spatial.length),
                Arrays.copyOfRange(pads, spatial.length, pads.length));
    }

    /** Makes a window that moves by one and pads nothing. */
    static WindowAttributes unit(int[] kernel, int[] dilations) {
        int[] strides = new int[kernel.length];
        Arrays.fill(strides, 1);
        return new WindowAttributes(kernel, strides, dilations, new int[kernel.length], new int[kernel.length]);
    }

    /** Returns the extents of the window that a node must name. */
    static int[] requiredKernel(OnnxNode node, int rank) throws FormatException {
        List<Long> kernel = node.integers("kernel_shape");
        if (kernel == null || kernel.size() != rank) {
            throw node.error("attribute kernel_shape = " + kernel + " must have " + rank + " numbers");
        }
        return positive(node, "kernel_shape", kernel);
    }

    /** Returns the extents of the window of a weight, which a node may repeat. */
    static int[] kernel(OnnxNode node, int[] weight) throws FormatException {
        int[] kernel = Arrays.copyOfRange(weight, 2, weight.length);
        List<Long> declared = node.integers("kernel_shape");
        if (declared != null && !Arrays.equals(positive(node, "kernel_shape", declared), kernel)) {
            throw node.error(
                    "attribute kernel_shape = " + declared + " differs from its weight's " + Arrays.toString(kernel));
        }
        return kernel;
    }

    /** Returns an attribute of one number per axis, each 1 where it is absent. */
    static int[] perAxis(OnnxNode node, String attribute, int rank) throws FormatException {
        List<Long> values = node.integers(attribute);
        if (values == null) {
            int[] ones = new int[rank];
            Arrays.fill(ones, 1);
            return ones;
        }
        if (values.size() != rank) {
            throw node.unsupported(attribute, values + " for " + rank + " spatial axes");
        }
        return positive(node, attribute, values);
    }

    /** Returns the padding before all axes and then behind all, 0 where it is absent. */
    static int[] pads(OnnxNode node, int rank) throws FormatException {
        List<Long> pads = node.integers("pads");
        if (pads == null) {
            return new int[2 * rank];
        }
        if (pads.size() != 2 * rank || pads.stream().anyMatch(pad -> pad < 0 || pad > Short.MAX_VALUE)) {
            throw node.unsupported("pads", pads);
        }
        return pads.stream().mapToInt(Math::toIntExact).toArray();
    }

    /** Pads so that the output has the input's extent over the stride, rounded up. */
    private static int[] same(int[] spatial, int[] kernel, int[] strides, int[] dilations, boolean lower) {
        int[] pads = new int[2 * spatial.length];
        for (int axis = 0; axis < spatial.length; axis++) {
            int outputs = (spatial[axis] + strides[axis] - 1) / strides[axis];
            int span = dilations[axis] * (kernel[axis] - 1) + 1;
            int total = Math.max(0, (outputs - 1) * strides[axis] + span - spatial[axis]);
            pads[axis] = lower ? total - total / 2 : total / 2;
            pads[axis + spatial.length] = total - pads[axis];
        }
        return pads;
    }

    private static int[] positive(OnnxNode node, String attribute, List<Long> values) throws FormatException {
        if (values.stream().anyMatch(value -> value < 1 || value > Short.MAX_VALUE)) {
            throw node.unsupported(attribute, values);
        }
        return values.stream().mapToInt(Math::toIntExact).toArray();
    }

    /** The number of spatial axes. */
    int rank() {
        return kernel.length;
    }

    /** Tells whether an axis stays as it is: a window of one element that moves by one. */
    boolean keeps(int axis) {
        return kernel[axis] == 1 && strides[axis] == 1 && before[axis] == 0 && after[axis] == 0;
    }

    /** Returns the elements of an axis that a window spans. */
    int span(int axis) {
        return dilations[axis] * (kernel[axis] - 1) + 1;
    }

    /**
     * Tells whether rounding up yields one window more on an axis: one that begins before the padding behind the axis. Where
     * it does not, rounding down yields the same.
     */
    boolean overhangs(int[] extents, int axis) {
        int room = extents[axis] + before[axis] + after[axis] - span(axis);
        int start = (room / strides[axis] + 1) * strides[axis];
        return room < 0 || (room % strides[axis] != 0 && start < extents[axis] + before[axis]);
    }

    /** Returns how many windows lie on an axis whose last one is inside. */
    int outputs(OnnxNode node, int axis, int extent) throws FormatException {
        int room = extent + before[axis] + after[axis] - span(axis);
        if (room < 0) {
            throw node.error("its window of " + span(axis) + " does not fit into " + (room + span(axis)) + " elements");
        }
        return room / strides[axis] + 1;
    }

    /** Returns the window over two axes; null stands for one of extent 1. */
    Window over(@Nullable Integer rows, @Nullable Integer columns) {
        return new Window(
                at(kernel, rows, 1),
                at(kernel, columns, 1),
                at(strides, rows, 1),
                at(strides, columns, 1),
                at(before, rows, 0),
                at(before, columns, 0),
                at(after, rows, 0),
                at(after, columns, 0),
                at(dilations, rows, 1),
                at(dilations, columns, 1));
    }

    private static int at(int[] values, @Nullable Integer axis, int absent) {
        return axis == null ? absent : values[axis];
    }
}
