package org.eiesim.compiler.container;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.RecurrentOptions;
import org.jspecify.annotations.Nullable;

/**
 * Every kind of node and its attributes, in file order. A new kind of node gets a new number here; a test compares this
 * list with the sealed interface {@link Node}.
 */
final class NodeCodecs {
    static final List<ActivationFunction> ACTIVATION_FUNCTIONS = List.of(
            ActivationFunction.RELU,
            ActivationFunction.SIGMOID,
            ActivationFunction.TANH,
            ActivationFunction.CLIP,
            ActivationFunction.LEAKY_RELU,
            ActivationFunction.ELU,
            ActivationFunction.HARD_SIGMOID,
            ActivationFunction.HARD_SWISH,
            ActivationFunction.GELU,
            ActivationFunction.GELU_TANH,
            ActivationFunction.ERF,
            ActivationFunction.EXP,
            ActivationFunction.LOG,
            ActivationFunction.SQRT,
            ActivationFunction.SIGN,
            ActivationFunction.FLOOR,
            ActivationFunction.CEIL,
            ActivationFunction.ROUND,
            ActivationFunction.TRUNCATE,
            ActivationFunction.SIN,
            ActivationFunction.COS,
            ActivationFunction.TAN,
            ActivationFunction.ASIN,
            ActivationFunction.ACOS,
            ActivationFunction.ATAN,
            ActivationFunction.SINH,
            ActivationFunction.COSH,
            ActivationFunction.ASINH,
            ActivationFunction.ACOSH,
            ActivationFunction.ATANH,
            ActivationFunction.SOFTPLUS,
            ActivationFunction.SOFTSIGN);
    static final List<Node.Pooling.Kind> POOLING_KINDS = List.of(Node.Pooling.Kind.MAXIMUM, Node.Pooling.Kind.AVERAGE);
    static final List<RecurrentCell> RECURRENT_CELLS = List.of(
            RecurrentCell.LSTM,
            RecurrentCell.GRU,
            RecurrentCell.LSTM_LINEAR_OUTPUT,
            RecurrentCell.GRU_RESET_AFTER,
            RecurrentCell.RNN);
    static final List<ArithmeticOperator> ARITHMETIC_OPERATORS = List.of(
            ArithmeticOperator.ADD,
            ArithmeticOperator.SUBTRACT,
            ArithmeticOperator.MULTIPLY,
            ArithmeticOperator.DIVIDE,
            ArithmeticOperator.MAXIMUM,
            ArithmeticOperator.MINIMUM,
            ArithmeticOperator.POWER,
            ArithmeticOperator.EQUAL,
            ArithmeticOperator.LESS,
            ArithmeticOperator.LESS_OR_EQUAL,
            ArithmeticOperator.REMAINDER,
            ArithmeticOperator.MODULO);

    static final List<NodeCodec<?>> ALL = List.of(
            new NodeCodec<>(0, Node.Dense.class, NodeCodecs::writeDense, NodeCodecs::readDense),
            new NodeCodec<>(1, Node.Convolution.class, NodeCodecs::writeConvolution, NodeCodecs::readConvolution),
            new NodeCodec<>(2, Node.Pooling.class, NodeCodecs::writePooling, NodeCodecs::readPooling),
            new NodeCodec<>(3, Node.Recurrent.class, NodeCodecs::writeRecurrent, NodeCodecs::readRecurrent),
            new NodeCodec<>(4, Node.Activation.class, NodeCodecs::writeActivation, NodeCodecs::readActivation),
            new NodeCodec<>(
                    5,
                    Node.Softmax.class,
                    (out, node) -> out.value(node.input()),
                    (in, name) -> new Node.Softmax(name, in.value())),
            new NodeCodec<>(
                    6,
                    Node.Flatten.class,
                    (out, node) -> out.value(node.input()),
                    (in, name) -> new Node.Flatten(name, in.value())),
            new NodeCodec<>(
                    7,
                    Node.Reshape.class,
                    (out, node) -> {
                        out.value(node.input());
                        out.shape(node.shape());
                    },
                    (in, name) -> new Node.Reshape(name, in.value(), in.shape())),
            new NodeCodec<>(
                    8,
                    Node.Arithmetic.class,
                    (out, node) -> {
                        out.constant(ARITHMETIC_OPERATORS, node.operator());
                        out.value(node.left());
                        out.value(node.right());
                    },
                    (in, name) -> new Node.Arithmetic(
                            name, in.constant("operator", ARITHMETIC_OPERATORS), in.value(), in.value())),
            new NodeCodec<>(
                    9,
                    Node.Dropout.class,
                    (out, node) -> {
                        out.value(node.input());
                        out.number(node.rate());
                    },
                    (in, name) -> new Node.Dropout(name, in.value(), in.number("rate"))),
            TensorCodecs.CONSTANT,
            TensorCodecs.EMBEDDING,
            TensorCodecs.MATRIX_PRODUCT,
            TensorCodecs.REDUCTION,
            TensorCodecs.CONCAT,
            TensorCodecs.SLICE,
            TensorCodecs.TRANSPOSE,
            TensorCodecs.BATCH_NORMALIZATION,
            TensorCodecs.LAYER_NORMALIZATION,
            TensorCodecs.LOCAL_RESPONSE,
            TensorCodecs.SELECT,
            TensorCodecs.GATHER);

    /** Recurrent cells with options; without any they are written as before these came. */
    private static final NodeCodec<Node.Recurrent> RECURRENT_WITH_OPTIONS =
            new NodeCodec<>(32, Node.Recurrent.class, RecurrentCodec::write, RecurrentCodec::read);

    private NodeCodecs() {}

    static NodeCodec<?> of(Node node) {
        if (node instanceof Node.Recurrent cell && !cell.options().equals(RecurrentOptions.NONE)) {
            return RECURRENT_WITH_OPTIONS;
        }
        for (NodeCodec<?> codec : ALL) {
            if (codec.type() == node.getClass()) {
                return codec;
            }
        }
        throw new IllegalArgumentException("node " + node.name() + ": the .eie format has no "
                + node.getClass().getSimpleName());
    }

    static @Nullable NodeCodec<?> ofKind(int kind) {
        for (NodeCodec<?> codec : ALL) {
            if (codec.kind() == kind) {
                return codec;
            }
        }
        if (kind == RECURRENT_WITH_OPTIONS.kind()) {
            return RECURRENT_WITH_OPTIONS;
        }
        return null;
    }

    private static void writeDense(GraphWriter out, Node.Dense node) {
        out.value(node.input());
        out.tensor(ParameterKey.WEIGHT, node.weight());
        out.tensor(ParameterKey.BIAS, node.bias());
    }

    private static Node.Dense readDense(GraphReader in, String name) throws FormatException {
        return new Node.Dense(name, in.value(), in.tensor(ParameterKey.WEIGHT), in.optionalTensor(ParameterKey.BIAS));
    }

    private static void writeConvolution(GraphWriter out, Node.Convolution node) {
        out.value(node.input());
        out.tensor(ParameterKey.WEIGHT, node.weight());
        out.tensor(ParameterKey.BIAS, node.bias());
        out.window(node.window());
        out.integer(node.groups());
    }

    private static Node.Convolution readConvolution(GraphReader in, String name) throws FormatException {
        return new Node.Convolution(
                name,
                in.value(),
                in.tensor(ParameterKey.WEIGHT),
                in.optionalTensor(ParameterKey.BIAS),
                in.window(),
                in.integer("groups"));
    }

    private static void writePooling(GraphWriter out, Node.Pooling node) {
        out.value(node.input());
        out.constant(POOLING_KINDS, node.kind());
        out.window(node.window());
        out.flag(node.roundUp());
        out.flag(node.countPadding());
    }

    private static Node.Pooling readPooling(GraphReader in, String name) throws FormatException {
        return new Node.Pooling(
                name,
                in.value(),
                in.constant("kind of pooling", POOLING_KINDS),
                in.window(),
                in.flag("rounding"),
                in.flag("counting of padding"));
    }

    private static void writeActivation(GraphWriter out, Node.Activation node) {
        out.value(node.input());
        out.constant(ACTIVATION_FUNCTIONS, node.function());
        node.coefficients().forEach(out::coefficient);
    }

    private static Node.Activation readActivation(GraphReader in, String name) throws FormatException {
        String input = in.value();
        ActivationFunction function = in.constant("activation function", ACTIVATION_FUNCTIONS);
        List<Float> coefficients = new ArrayList<>();
        for (String coefficient : function.coefficientNames()) {
            coefficients.add(in.coefficient(coefficient, function == ActivationFunction.CLIP));
        }
        return new Node.Activation(name, input, function, coefficients);
    }

    static void writeRecurrent(GraphWriter out, Node.Recurrent node) {
        out.value(node.input());
        out.constant(RECURRENT_CELLS, node.cell());
        out.flag(node.reversed());
        out.tensor(Node.Recurrent.INPUT_WEIGHT, node.inputWeight());
        out.tensor(Node.Recurrent.RECURRENT_WEIGHT, node.recurrentWeight());
        out.tensor(ParameterKey.BIAS, node.bias());
        out.tensor(Node.Recurrent.RECURRENT_BIAS, node.recurrentBias());
    }

    static Node.Recurrent readRecurrent(GraphReader in, String name) throws FormatException {
        return new Node.Recurrent(
                name,
                in.value(),
                in.constant("recurrent cell", RECURRENT_CELLS),
                in.flag("direction"),
                in.tensor(Node.Recurrent.INPUT_WEIGHT),
                in.tensor(Node.Recurrent.RECURRENT_WEIGHT),
                in.optionalTensor(ParameterKey.BIAS),
                in.optionalTensor(Node.Recurrent.RECURRENT_BIAS));
    }
}
