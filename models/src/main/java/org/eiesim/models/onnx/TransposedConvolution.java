package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * ConvTranspose: a convolution at stride 1, with the kernel turned round, of the input with {@code stride - 1} zeros
 * between its elements. Zeros are never live, so that the machine multiplies no more than it must.
 */
final class TransposedConvolution {
    private TransposedConvolution() {}

    /** Imports ConvTranspose. */
    static void convTranspose(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        Planes planes = Planes.of(node, graph, node.computed(0));
        ConstantTensor constant = node.constant(1);
        int[] extents = constant.extents();
        if (extents.length != planes.rank() + 2 || extents[0] != planes.numChannels()) {
            throw node.error("its weight of shape " + constant.shape() + " is not for " + planes.numChannels()
                    + " channels of " + planes.rank() + " axes");
        }
        int groups = WindowOperators.groups(node, extents[0]);
        if (extents[0] % groups != 0) {
            throw node.unsupported("group", groups);
        }
        Tensor weight = turned(constant.floats(), extents, groups);
        Tensor bias = node.hasInput(2) ? WindowOperators.vector(node.constant(2)) : null;
        List<Axis> axes = axes(node, planes, WindowAttributes.kernel(node, extents));
        WindowOperators.Layer layer =
                new WindowOperators.Layer(graph.name(node, constant.name()), weight, bias, groups);
        if (planes.numSamples() > 1 || planes.rank() > 2) {
            List<PatchAxis> patches = axes.stream().map(Axis::patches).toList();
            graph.define(node, PatchConvolution.ofLayer(node, graph, planes, patches, layer));
            return;
        }
        graph.define(node, onImages(node, graph, planes, axes, layer));
    }

    /**
     * One axis.
     *
     * @param extent elements of the input
     * @param stride distance of two elements once zeros lie between them
     * @param kernel taps
     * @param dilation elements between taps
     * @param before zeros before the first element; negative where so many are cut off
     * @param numOutputs elements of the output
     */
    private record Axis(int extent, int stride, int kernel, int dilation, int before, int numOutputs) {
        /** Elements with the zeros between them. */
        int spread() {
            return (extent - 1) * stride + 1;
        }

        int after() {
            return numOutputs + dilation * (kernel - 1) - spread() - before;
        }

        /** Returns the element at a place of the spread axis, or -1 where a zero is. */
        int at(int place) {
            return place >= 0 && place < spread() && place % stride == 0 ? place / stride : -1;
        }

        PatchAxis patches() {
            return new PatchAxis(numOutputs, kernel, (output, tap) -> at(output - before + tap * dilation));
        }

        /** Returns the elements of the spread axis that are not cut off, zeros as the given index. */
        int[] indices(int zero) {
            int from = Math.max(0, -before);
            int to = spread() + Math.min(0, after());
            int[] indices = new int[Math.max(0, to - from)];
            for (int i = 0; i < indices.length; i++) {
                int element = at(from + i);
                indices[i] = element < 0 ? zero : element;
            }
            return indices;
        }
    }

    private static List<Axis> axes(OnnxNode node, Planes planes, int[] kernel) throws FormatException {
        int rank = planes.rank();
        int[] strides = WindowAttributes.perAxis(node, "strides", rank);
        int[] dilations = WindowAttributes.perAxis(node, "dilations", rank);
        long[] extra = numbers(node, "output_padding", rank);
        List<Long> wanted = node.integers("output_shape");
        String padding = node.word("auto_pad", "NOTSET");
        int[] pads = new int[2 * rank];
        if (padding.equals("NOTSET") && wanted == null) {
            pads = WindowAttributes.pads(node, rank);
        } else {
            node.ignore("pads");
        }
        List<Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int extent = planes.spatial()[axis];
            long whole = (extent - 1L) * strides[axis] + extra[axis] + dilations[axis] * (kernel[axis] - 1L) + 1;
            long outputs = switch (padding) {
                case "SAME_UPPER", "SAME_LOWER" -> (long) extent * strides[axis];
                case "NOTSET", "VALID" -> whole - pads[axis] - pads[axis + rank];
                default -> throw node.unsupported("auto_pad", padding);
            };
            long before = pads[axis];
            if (wanted != null) {
                outputs = wanted(node, wanted, axis, rank);
            }
            if (wanted != null || padding.startsWith("SAME")) {
                long total = Math.max(0, whole - outputs);
                before = padding.equals("SAME_UPPER") ? total / 2 : total - total / 2;
            }
            if (wanted == null && padding.startsWith("SAME")) {
                outputs = whole - Math.max(0, whole - outputs);
            }
            if (outputs < 1 || outputs > Integer.MAX_VALUE) {
                throw node.error("it yields " + outputs + " elements along spatial axis " + axis);
            }
            int lead = Math.toIntExact(dilations[axis] * (kernel[axis] - 1L) - before);
            axes.add(new Axis(extent, strides[axis], kernel[axis], dilations[axis], lead, (int) outputs));
        }
        return axes;
    }

    private static long wanted(OnnxNode node, List<Long> wanted, int axis, int rank) throws FormatException {
        if (wanted.size() != rank && wanted.size() != rank + 2) {
            throw node.unsupported("output_shape", wanted);
        }
        return wanted.get(wanted.size() - rank + axis);
    }

    private static long[] numbers(OnnxNode node, String attribute, int rank) throws FormatException {
        List<Long> values = node.integers(attribute);
        if (values == null) {
            return new long[rank];
        }
        if (values.size() != rank || values.stream().anyMatch(value -> value < 0 || value > Short.MAX_VALUE)) {
            throw node.unsupported(attribute, values);
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    /** Turns {@code [channels, outputs / groups, kernel]} into {@code [outputs, channels / groups, kernel backwards]}. */
    private static Tensor turned(float[] values, int[] extents, int groups) {
        int perGroup = extents[0] / groups;
        int outputs = extents[1];
        int taps = Arrays.stream(extents, 2, extents.length).reduce(1, Math::multiplyExact);
        float[] turned = new float[values.length];
        for (int channel = 0; channel < extents[0]; channel++) {
            int group = channel / perGroup;
            for (int output = 0; output < outputs; output++) {
                int from = (channel * outputs + output) * taps;
                int to = ((group * outputs + output) * perGroup + channel % perGroup) * taps;
                for (int tap = 0; tap < taps; tap++) {
                    turned[to + taps - 1 - tap] = values[from + tap];
                }
            }
        }
        int[] shape = extents.clone();
        shape[0] = outputs * groups;
        shape[1] = perGroup;
        return new Tensor(Shape.of(shape), turned);
    }

    private static Operand.Computed onImages(
            OnnxNode node, GraphImport graph, Planes planes, List<Axis> axes, WindowOperators.Layer layer)
            throws FormatException {
        Composition steps = new Composition(node, graph);
        String value = planes.value();
        int rank = planes.rank();
        WindowAttributes window = WindowAttributes.unit(
                axes.stream().mapToInt(Axis::kernel).toArray(),
                axes.stream().mapToInt(Axis::dilation).toArray());
        for (int i = 0; i < rank; i++) {
            Axis axis = axes.get(i);
            int[] indices = axis.indices(axis.extent());
            if (indices.length == 0) {
                throw node.error("its padding cuts off all elements along spatial axis " + i);
            }
            if (Arrays.stream(indices).anyMatch(index -> index == axis.extent())) {
                value = steps.withElement(value, i + 1, 0);
            }
            value = steps.gather(value, i + 1, indices);
            window.before()[i] = Math.max(0, axis.before());
            window.after()[i] = Math.max(0, axis.after());
        }
        int[] spatial = Arrays.copyOfRange(steps.extents(value), 1, rank + 1);
        Planes spread = new Planes(value, 1, planes.numChannels(), spatial, planes.batchAxis());
        return WindowOperators.convolved(node, graph, spread, window, layer);
    }
}
