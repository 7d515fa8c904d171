package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.Arrays;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic, rearrangement, reduction and normalisation on arrays that record their history. Axis {@code i} of a sample
 * is axis {@code i + 1} of a batch; a constant is a batch of one.
 */
final class TensorHandlers {
    private TensorHandlers() {}

    static NDArray constant(TensorNode.Constant node, NodeHandlers.Context context) {
        return parameter(node, ParameterKey.VALUE, context).expandDims(0);
    }

    static NDArray arithmetic(Node.Arithmetic node, NodeHandlers.Context context) {
        NDArray left = context.value(node.left());
        NDArray right = context.value(node.right());
        int numAxes = Math.max(left.getShape().dimension(), right.getShape().dimension());
        left = withAxes(left, numAxes);
        right = withAxes(right, numAxes);
        return switch (node.operator()) {
            case ADD -> left.add(right);
            case SUBTRACT -> left.sub(right);
            case MULTIPLY -> left.mul(right);
            case DIVIDE -> left.div(right);
            case MAXIMUM -> left.maximum(right);
            case MINIMUM -> left.minimum(right);
            case POWER -> left.pow(right);
            case EQUAL -> left.eq(right).toType(DataType.FLOAT32, false);
            case LESS -> left.lt(right).toType(DataType.FLOAT32, false);
            case LESS_OR_EQUAL -> left.lte(right).toType(DataType.FLOAT32, false);
            case REMAINDER, MODULO ->
                throw new IllegalArgumentException("node " + node.name() + ": cannot train a remainder");
        };
    }

    /** Gives a batch more axes of extent 1, after that of the batch. */
    private static NDArray withAxes(NDArray batch, int numAxes) {
        NDArray wider = batch;
        while (wider.getShape().dimension() < numAxes) {
            wider = wider.expandDims(1);
        }
        return wider;
    }

    static NDArray embedding(TensorNode.Embedding node, NodeHandlers.Context context) {
        NDArray indices = context.value(node.input()).toType(DataType.INT64, false);
        return indices.getNDArrayInternal()
                .embedding(indices, parameter(node, ParameterKey.WEIGHT, context), SparseFormat.DENSE)
                .singletonOrThrow();
    }

    static NDArray select(TensorNode.Select node, NodeHandlers.Context context) {
        NDArray condition = context.value(node.condition());
        NDArray yes = context.value(node.yes());
        NDArray no = context.value(node.no());
        int numAxes = Math.max(
                condition.getShape().dimension(),
                Math.max(yes.getShape().dimension(), no.getShape().dimension()));
        return NDArrays.where(withAxes(condition, numAxes).neq(0), withAxes(yes, numAxes), withAxes(no, numAxes));
    }

    static NDArray matrixProduct(TensorNode.MatrixProduct node, NodeHandlers.Context context) {
        NDArray left = context.value(node.left());
        NDArray right = context.value(node.right());
        int numAxes = Math.max(left.getShape().dimension(), right.getShape().dimension());
        return withAxes(left, numAxes).matMul(withAxes(right, numAxes));
    }

    static NDArray reduction(TensorNode.Reduction node, NodeHandlers.Context context) {
        NDArray input = context.value(node.input());
        int[] axes = node.axes().stream().mapToInt(axis -> axis + 1).toArray();
        return switch (node.operator()) {
            case MEAN -> input.mean(axes, node.keepAxes());
            case SUM -> input.sum(axes, node.keepAxes());
            case MAXIMUM -> input.max(axes, node.keepAxes());
            case MINIMUM -> input.min(axes, node.keepAxes());
            case PRODUCT, ARG_MAXIMUM, ARG_MINIMUM ->
                throw new IllegalArgumentException("node " + node.name() + ": cannot train a reduction to the "
                        + (node.operator() == ReductionOperator.PRODUCT ? "product" : "position of an extreme value"));
        };
    }

    static NDArray concat(TensorNode.Concat node, NodeHandlers.Context context) {
        long batch = 1;
        for (String input : node.inputs()) {
            batch = Math.max(batch, context.value(input).getShape().get(0));
        }
        NDList parts = new NDList();
        for (String input : node.inputs()) {
            NDArray part = context.value(input);
            long[] extents = part.getShape().getShape().clone();
            extents[0] = batch;
            parts.add(part.broadcast(new Shape(extents)));
        }
        return NDArrays.concat(parts, node.axis() + 1);
    }

    static NDArray slice(TensorNode.Slice node, NodeHandlers.Context context) {
        if (node.step() < 0) {
            throw new IllegalArgumentException(
                    "node " + node.name() + ": cannot train a slice with step " + node.step());
        }
        long end = node.start() + (node.count() - 1L) * node.step() + 1;
        NDIndex index = new NDIndex();
        for (int axis = 0; axis <= node.axis(); axis++) {
            index.addAllDim();
        }
        return context.value(node.input()).get(index.addSliceDim(node.start(), end, node.step()));
    }

    /** Brings the axis first, where rows of a matrix are taken, and back. */
    static NDArray gather(TensorNode.Gather node, NodeHandlers.Context context) {
        NDArray first = context.value(node.input()).swapAxes(0, node.axis() + 1);
        long[] extents = first.getShape().getShape().clone();
        long[] indices = node.indices().stream().mapToLong(Integer::longValue).toArray();
        NDArray rows = first.reshape(extents[0], -1).get(first.getManager().create(indices));
        extents[0] = indices.length;
        return rows.reshape(extents).swapAxes(0, node.axis() + 1);
    }

    static NDArray transpose(TensorNode.Transpose node, NodeHandlers.Context context) {
        int[] axes = new int[node.permutation().size() + 1];
        for (int axis = 1; axis < axes.length; axis++) {
            axes[axis] = node.permutation().get(axis - 1) + 1;
        }
        return context.value(node.input()).transpose(axes);
    }

    /** The statistics stay as they are; scale and bias are trained. */
    static NDArray batchNormalization(NormalizationNode.Batch node, NodeHandlers.Context context) {
        NDArray input = context.value(node.input());
        long[] extents = new long[input.getShape().dimension()];
        Arrays.fill(extents, 1);
        extents[1] = node.scale().shape().extent(0);
        Shape perChannel = new Shape(extents);
        NDArray deviation = parameter(node, ParameterKey.VARIANCE, context)
                .add(node.epsilon())
                .sqrt();
        NDArray factor = parameter(node, ParameterKey.SCALE, context).div(deviation);
        return input.sub(parameter(node, ParameterKey.MEAN, context).reshape(perChannel))
                .mul(factor.reshape(perChannel))
                .add(parameter(node, ParameterKey.BIAS, context).reshape(perChannel));
    }

    static NDArray layerNormalization(NormalizationNode.Layer node, NodeHandlers.Context context) {
        NDArray input = context.value(node.input());
        NDArray rows = input.reshape(-1, node.scale().shape().extent(0));
        NDArray centred = rows.sub(rows.mean(new int[] {1}, true));
        NDArray variance = centred.square().mean(new int[] {1}, true);
        NDArray normal =
                centred.div(variance.add(node.epsilon()).sqrt()).mul(parameter(node, ParameterKey.SCALE, context));
        NDArray bias = context.parameter(node, ParameterKey.BIAS);
        return (bias == null ? normal : normal.add(bias)).reshape(input.getShape());
    }

    static NDArray localResponse(NormalizationNode.LocalResponse node, NodeHandlers.Context context) {
        NDArray input = context.value(node.input());
        Shape shape = input.getShape();
        int numChannels = Math.toIntExact(shape.get(1));
        float[] band = new float[numChannels * numChannels];
        for (int channel = 0; channel < numChannels; channel++) {
            int last = Math.min(numChannels - 1, channel + node.size() / 2);
            for (int other = Math.max(0, channel - (node.size() - 1) / 2); other <= last; other++) {
                band[channel * numChannels + other] = (float) (node.alpha() / node.size());
            }
        }
        NDArray neighbourhoods = TensorArrays.copy(input.getManager(), band, new Shape(numChannels, numChannels));
        NDArray squares = input.square().reshape(shape.get(0), numChannels, -1);
        NDArray sums = neighbourhoods.expandDims(0).matMul(squares).reshape(shape);
        return input.div(sums.add(node.bias()).pow(node.beta()));
    }

    private static NDArray parameter(Node node, String role, NodeHandlers.Context context) {
        @Nullable NDArray parameter = context.parameter(node, role);
        if (parameter == null) {
            throw new IllegalStateException("node " + node.name() + " has no " + role);
        }
        return parameter;
    }
}
