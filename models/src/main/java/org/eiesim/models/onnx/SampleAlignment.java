package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/** Brings operands whose axes ONNX aligns from the last one to samples that are aligned in the same way. */
final class SampleAlignment {
    private final OnnxNode node;
    private final GraphImport graph;
    private final List<Operand> operands;

    /**
     * Values whose samples can be combined axis by axis from the last one.
     *
     * @param samples the values, in the order of the operands
     * @param batchAxis the batch axis of the result in ONNX, or {@link Operand#NO_BATCH}
     */
    record Aligned(List<Operand.Computed> samples, int batchAxis) {}

    private SampleAlignment(OnnxNode node, GraphImport graph, List<Operand> operands) {
        this.node = node;
        this.graph = graph;
        this.operands = operands;
    }

    /**
     * Aligns operands.
     *
     * @param node the ONNX node
     * @param graph the import it belongs to
     * @param operands the operands, at least one of them computed
     * @throws FormatException if a constant cannot be read
     * @throws MixedBatchException if a batch that was cut stands beside something that differs from sample to sample
     */
    static Aligned of(OnnxNode node, GraphImport graph, List<Operand> operands) throws FormatException {
        return new SampleAlignment(node, graph, operands).aligned();
    }

    /** Returns the number of axes in ONNX. */
    static int rank(Operand operand) throws FormatException {
        return operand instanceof Operand.Computed computed
                ? computed.onnxRank()
                : ((ConstantTensor) operand).extents().length;
    }

    private Aligned aligned() throws FormatException {
        int rank = 0;
        for (Operand operand : operands) {
            rank = Math.max(rank, rank(operand));
        }
        Operand.Computed leading = leading();
        int fromEnd = leading == null ? 0 : batchFromEnd(leading);
        List<Operand.Computed> samples = samples(fromEnd, leading);
        if (samples == null) {
            samples = samples(0, null);
            fromEnd = 0;
        }
        if (samples == null) {
            throw new IllegalStateException("no operand fits without a batch");
        }
        return new Aligned(samples, fromEnd == 0 ? Operand.NO_BATCH : rank - fromEnd);
    }

    /** Returns the operand whose batch axis counts: one whose batch was cut, and of those that with most axes behind it. */
    private Operand.@Nullable Computed leading() {
        Operand.Computed leading = null;
        for (Operand operand : operands) {
            if (operand instanceof Operand.Computed computed && batchFromEnd(computed) > 0) {
                boolean isFirst = leading == null || (isCut(computed) && !isCut(leading));
                boolean isEqual = leading != null && isCut(computed) == isCut(leading);
                if (leading == null || isFirst || (isEqual && batchFromEnd(computed) > batchFromEnd(leading))) {
                    leading = computed;
                }
            }
        }
        return leading;
    }

    private boolean isCut(Operand.Computed computed) {
        return graph.batches().isCut(computed.value());
    }

    /** Counts the batch axis from the end, from 1; 0 where there is none. */
    private static int batchFromEnd(Operand.Computed computed) {
        return computed.batchAxis() == Operand.NO_BATCH ? 0 : computed.onnxRank() - computed.batchAxis();
    }

    /** Returns the samples, or null where one does not fit a batch that was not cut. */
    private @Nullable List<Operand.Computed> samples(int fromEnd, Operand.@Nullable Computed leading)
            throws FormatException {
        List<Operand.Computed> samples = new ArrayList<>();
        for (Operand operand : operands) {
            Operand.Computed sample = operand instanceof Operand.Computed computed
                    ? sample(computed, fromEnd, leading)
                    : sample((ConstantTensor) operand, fromEnd);
            if (sample == null) {
                if (leading != null && isCut(leading)) {
                    throw graph.mixed(node, leading, MixedBatchException.NO_SUGGESTION);
                }
                return null;
            }
            samples.add(sample);
        }
        return samples;
    }

    private Operand.@Nullable Computed sample(
            Operand.Computed computed, int fromEnd, Operand.@Nullable Computed leading) {
        int rank = computed.onnxRank();
        int axis = fromEnd == 0 || rank < fromEnd ? Operand.NO_BATCH : rank - fromEnd;
        if (computed.batchAxis() == axis) {
            return leading != null && !graph.batches().fit(computed.value(), leading.value()) ? null : computed;
        }
        if (isCut(computed)) {
            throw graph.mixed(node, computed, MixedBatchException.NO_SUGGESTION);
        }
        int[] extents = computed.onnxExtents();
        return axis != Operand.NO_BATCH && extents[axis] != 1
                ? null
                : BatchAxis.reshaped(node, graph, computed, extents, axis);
    }

    private Operand.@Nullable Computed sample(ConstantTensor constant, int fromEnd) throws FormatException {
        int[] extents = constant.extents();
        if (fromEnd == 0 || extents.length < fromEnd) {
            return graph.constantValue(node, constant, Shape.of(extents), Operand.NO_BATCH);
        }
        int axis = extents.length - fromEnd;
        ConstantTensor slice = extents[axis] == 1 ? constant : repeated(constant, axis);
        int[] sample = Operand.without(extents, axis);
        return slice == null ? null : graph.constantValue(node, slice, Shape.of(sample), axis);
    }

    /** Returns the one slice of which a constant consists along an axis, or null where its slices differ. */
    private static @Nullable ConstantTensor repeated(ConstantTensor constant, int axis) throws FormatException {
        float[] values = constant.numbers();
        int[] extents = constant.extents();
        int inner = 1;
        for (int i = axis + 1; i < extents.length; i++) {
            inner *= extents[i];
        }
        int run = extents[axis] * inner;
        float[] slice = new float[values.length / Math.max(1, extents[axis])];
        for (int i = 0; i < values.length; i++) {
            int at = i / run * inner + i % inner;
            if (i % run < inner) {
                slice[at] = values[i];
            } else if (Float.compare(slice[at], values[i]) != 0) {
                return null;
            }
        }
        int[] one = extents.clone();
        one[axis] = 1;
        return ConstantTensor.of(constant.name(), one, slice);
    }
}
