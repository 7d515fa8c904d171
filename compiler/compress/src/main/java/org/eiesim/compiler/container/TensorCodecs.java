package org.eiesim.compiler.container;

import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.TensorNode;

/** The codecs of {@link NodeCodecs} for nodes that rearrange, combine and normalise whole tensors. */
final class TensorCodecs {
    static final List<ReductionOperator> REDUCTION_OPERATORS = List.of(
            ReductionOperator.MEAN,
            ReductionOperator.SUM,
            ReductionOperator.MAXIMUM,
            ReductionOperator.MINIMUM,
            ReductionOperator.PRODUCT,
            ReductionOperator.ARG_MAXIMUM,
            ReductionOperator.ARG_MINIMUM);

    static final NodeCodec<TensorNode.Constant> CONSTANT = new NodeCodec<>(
            10,
            TensorNode.Constant.class,
            (out, node) -> out.tensor(ParameterKey.VALUE, node.value()),
            (in, name) -> new TensorNode.Constant(name, in.tensor(ParameterKey.VALUE)));

    static final NodeCodec<TensorNode.Embedding> EMBEDDING = new NodeCodec<>(
            11,
            TensorNode.Embedding.class,
            (out, node) -> {
                out.value(node.input());
                out.tensor(ParameterKey.WEIGHT, node.weight());
            },
            (in, name) -> new TensorNode.Embedding(name, in.value(), in.tensor(ParameterKey.WEIGHT)));

    static final NodeCodec<TensorNode.MatrixProduct> MATRIX_PRODUCT = new NodeCodec<>(
            12,
            TensorNode.MatrixProduct.class,
            (out, node) -> {
                out.value(node.left());
                out.value(node.right());
            },
            (in, name) -> new TensorNode.MatrixProduct(name, in.value(), in.value()));

    static final NodeCodec<TensorNode.Reduction> REDUCTION = new NodeCodec<>(
            13,
            TensorNode.Reduction.class,
            (out, node) -> {
                out.value(node.input());
                out.constant(REDUCTION_OPERATORS, node.operator());
                out.axes(node.axes());
                out.flag(node.keepAxes());
            },
            (in, name) -> new TensorNode.Reduction(
                    name,
                    in.value(),
                    in.constant("reduction", REDUCTION_OPERATORS),
                    in.axes(),
                    in.flag("keeping of axes")));

    static final NodeCodec<TensorNode.Concat> CONCAT = new NodeCodec<>(
            14,
            TensorNode.Concat.class,
            (out, node) -> {
                out.values(node.inputs());
                out.integer(node.axis());
            },
            (in, name) -> new TensorNode.Concat(name, in.values("concatenated values"), in.axis()));

    static final NodeCodec<TensorNode.Slice> SLICE =
            new NodeCodec<>(15, TensorNode.Slice.class, TensorCodecs::writeSlice, TensorCodecs::readSlice);

    static final NodeCodec<TensorNode.Transpose> TRANSPOSE = new NodeCodec<>(
            16,
            TensorNode.Transpose.class,
            (out, node) -> {
                out.value(node.input());
                out.axes(node.permutation());
            },
            (in, name) -> new TensorNode.Transpose(name, in.value(), in.axes()));

    static final NodeCodec<NormalizationNode.Batch> BATCH_NORMALIZATION =
            new NodeCodec<>(17, NormalizationNode.Batch.class, TensorCodecs::writeBatch, TensorCodecs::readBatch);

    static final NodeCodec<NormalizationNode.Layer> LAYER_NORMALIZATION = new NodeCodec<>(
            18,
            NormalizationNode.Layer.class,
            (out, node) -> {
                out.value(node.input());
                out.tensor(ParameterKey.SCALE, node.scale());
                out.tensor(ParameterKey.BIAS, node.bias());
                out.number(node.epsilon());
            },
            (in, name) -> new NormalizationNode.Layer(
                    name,
                    in.value(),
                    in.tensor(ParameterKey.SCALE),
                    in.optionalTensor(ParameterKey.BIAS),
                    in.number("epsilon")));

    static final NodeCodec<NormalizationNode.LocalResponse> LOCAL_RESPONSE = new NodeCodec<>(
            19,
            NormalizationNode.LocalResponse.class,
            (out, node) -> {
                out.value(node.input());
                out.integer(node.size());
                out.number(node.alpha());
                out.number(node.beta());
                out.number(node.bias());
            },
            (in, name) -> new NormalizationNode.LocalResponse(
                    name, in.value(), in.integer("size"), in.number("alpha"), in.number("beta"), in.number("bias")));

    static final NodeCodec<TensorNode.Select> SELECT = new NodeCodec<>(
            20,
            TensorNode.Select.class,
            (out, node) -> {
                out.value(node.condition());
                out.value(node.yes());
                out.value(node.no());
            },
            (in, name) -> new TensorNode.Select(name, in.value(), in.value(), in.value()));

    static final NodeCodec<TensorNode.Gather> GATHER = new NodeCodec<>(
            21,
            TensorNode.Gather.class,
            (out, node) -> {
                out.value(node.input());
                out.integer(node.axis());
                out.indices(node.indices());
            },
            (in, name) -> new TensorNode.Gather(name, in.value(), in.axis(), in.indices()));

    private TensorCodecs() {}

    /** A step is written as its magnitude and its sign. */
    private static void writeSlice(GraphWriter out, TensorNode.Slice node) {
        out.value(node.input());
        out.integer(node.axis());
        out.integer(node.start());
        out.integer(node.count());
        out.integer(Math.abs(node.step()));
        out.flag(node.step() < 0);
    }

    private static TensorNode.Slice readSlice(GraphReader in, String name) throws FormatException {
        String input = in.value();
        int axis = in.axis();
        int start = in.integer("start");
        int count = in.integer("count");
        int step = in.integer("step");
        return new TensorNode.Slice(name, input, axis, start, count, in.flag("direction") ? -step : step);
    }

    private static void writeBatch(GraphWriter out, NormalizationNode.Batch node) {
        out.value(node.input());
        node.parameters().forEach(out::tensor);
        out.number(node.epsilon());
    }

    private static NormalizationNode.Batch readBatch(GraphReader in, String name) throws FormatException {
        return new NormalizationNode.Batch(
                name,
                in.value(),
                in.tensor(ParameterKey.SCALE),
                in.tensor(ParameterKey.BIAS),
                in.tensor(ParameterKey.MEAN),
                in.tensor(ParameterKey.VARIANCE),
                in.number("epsilon"));
    }
}
