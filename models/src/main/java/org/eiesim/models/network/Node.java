package org.eiesim.models.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a network. A node yields exactly one value, which bears the node's name; inputs are names of
 * network inputs or of earlier nodes. Shapes are those of one sample: the batch axis is implicit and comes first.
 */
public sealed interface Node
        permits Node.Dense,
                Node.Convolution,
                Node.Pooling,
                Node.Recurrent,
                Node.Activation,
                Node.Softmax,
                Node.Flatten,
                Node.Reshape,
                Node.Arithmetic,
                Node.Dropout,
                TensorNode,
                NormalizationNode {

    /**
     * Returns the node's name, unique in its network.
     *
     * @return the name, also that of the value it yields
     */
    String name();

    /**
     * Returns what it reads.
     *
     * @return names of values, in operand order
     */
    List<String> inputs();

    /**
     * Returns its parameter tensors by role, in a fixed order.
     *
     * @return the parameters; empty where it has none
     */
    default Map<String, Tensor> parameters() {
        return Map.of();
    }

    /**
     * Returns this node with other parameter tensors.
     *
     * @param parameters new tensors by role; roles that are absent keep their tensor
     * @return the new node
     * @throws IllegalArgumentException if a role is unknown or a shape differs
     */
    default Node withParameters(Map<String, Tensor> parameters) {
        if (!parameters.isEmpty()) {
            throw new IllegalArgumentException("node " + name() + " has no parameter " + parameters.keySet());
        }
        return this;
    }

    /**
     * Fully connected layer: {@code y[o] = sum_i weight[o][i] x[i] + bias[o]}, over the last axis of the input.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param weight {@code [outputs, inputs]}
     * @param bias {@code [outputs]}, or null
     */
    record Dense(
            String name,
            String input,
            Tensor weight,
            @Nullable Tensor bias) implements Node {
        /** Checks the ranks and extents. */
        public Dense {
            NodeParameters.requireRank(name, weight, 2);
            NodeParameters.requireBias(name, weight.shape().extent(0), bias);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Map<String, Tensor> parameters() {
            return NodeParameters.weightAndBias(weight, bias);
        }

        @Override
        public Node withParameters(Map<String, Tensor> parameters) {
            Map<String, Tensor> merged = NodeParameters.merge(this, parameters);
            return new Dense(name, input, NodeParameters.weight(merged), merged.get(ParameterKey.BIAS));
        }
    }

    /**
     * Two-dimensional convolution of {@code [channels, height, width]}.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param weight {@code [outputs, channels / groups, kernel height, kernel width]}
     * @param bias {@code [outputs]}, or null
     * @param window kernel, strides, padding and dilation
     * @param groups channel groups, dividing inputs and outputs
     */
    record Convolution(
            String name,
            String input,
            Tensor weight,
            @Nullable Tensor bias,
            Window window,
            int groups) implements Node {
        /** Checks the ranks and extents. */
        public Convolution {
            NodeParameters.requireRank(name, weight, 4);
            NodeParameters.requireBias(name, weight.shape().extent(0), bias);
            if (weight.shape().extent(2) != window.kernelHeight()
                    || weight.shape().extent(3) != window.kernelWidth()) {
                throw new IllegalArgumentException("node " + name + ": weight " + weight.shape()
                        + " is not for a kernel of " + window.kernelHeight() + "x" + window.kernelWidth());
            }
            if (groups < 1 || weight.shape().extent(0) % groups != 0) {
                throw new IllegalArgumentException("node " + name + ": " + groups + " groups do not divide "
                        + weight.shape().extent(0) + " outputs");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Map<String, Tensor> parameters() {
            return NodeParameters.weightAndBias(weight, bias);
        }

        @Override
        public Node withParameters(Map<String, Tensor> parameters) {
            Map<String, Tensor> merged = NodeParameters.merge(this, parameters);
            return new Convolution(
                    name, input, NodeParameters.weight(merged), merged.get(ParameterKey.BIAS), window, groups);
        }
    }

    /**
     * Pooling of {@code [channels, height, width]}.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param kind maximum or average
     * @param window kernel, strides and padding
     * @param roundUp whether output extents are rounded up instead of down
     * @param countPadding whether an average divides by the whole window, padding included
     */
    record Pooling(String name, String input, Kind kind, Window window, boolean roundUp, boolean countPadding)
            implements Node {
        /** What a pooling window yields. */
        public enum Kind {
            /** The largest value. */
            MAXIMUM,
            /** The mean value. */
            AVERAGE
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Recurrent cell run over a sequence {@code [steps, inputs]}, yielding {@code [steps, hidden]}, and the final cell state
     * as one more row where its options say so. Gates follow one another along the first axis of the weights: LSTM input, output, forget, candidate; GRU update,
     * reset, candidate (the order of ONNX).
     *
     * @param name the node's name
     * @param input the value it reads
     * @param cell the kind of cell
     * @param reversed whether it begins with the last step; its outputs stay in the order of the input's steps
     * @param inputWeight {@code [gates * hidden, inputs]}
     * @param recurrentWeight {@code [gates * hidden, hidden]}
     * @param bias {@code [gates * hidden]}, added to the gates' sums, or null
     * @param recurrentBias {@code [gates * hidden]}, added to the recurrent sums, or null; only
     *     {@link RecurrentCell#GRU_RESET_AFTER} tells the two biases apart, so that others have none
     * @param options what it has besides
     */
    record Recurrent(
            String name,
            String input,
            RecurrentCell cell,
            boolean reversed,
            Tensor inputWeight,
            Tensor recurrentWeight,
            @Nullable Tensor bias,
            @Nullable Tensor recurrentBias,
            RecurrentOptions options)
            implements Node {
        /** Role of the weights that see the input. */
        public static final String INPUT_WEIGHT = "input_weight";

        /** Role of the weights that see the previous hidden state. */
        public static final String RECURRENT_WEIGHT = "recurrent_weight";

        /** Role of the bias of the recurrent sums. */
        public static final String RECURRENT_BIAS = "recurrent_bias";

        /** Role of the weights that see the cell state. */
        public static final String PEEPHOLES = "peepholes";

        /** Checks the ranks and extents. */
        public Recurrent {
            NodeParameters.requireRank(name, inputWeight, 2);
            NodeParameters.requireRank(name, recurrentWeight, 2);
            NodeParameters.requireBias(name, inputWeight.shape().extent(0), bias);
            NodeParameters.requireBias(name, inputWeight.shape().extent(0), recurrentBias);
            if (recurrentBias != null && cell != RecurrentCell.GRU_RESET_AFTER) {
                throw new IllegalArgumentException(
                        "node " + name + ": a " + cell + " cell has one bias; add the recurrent bias to it");
            }
            long numRows = (long) cell.numGates() * recurrentWeight.shape().extent(1);
            if (inputWeight.shape().extent(0) != numRows
                    || recurrentWeight.shape().extent(0) != numRows) {
                throw new IllegalArgumentException("node " + name + ": input weight " + inputWeight.shape()
                        + " and recurrent weight " + recurrentWeight.shape() + " must both have " + numRows
                        + " rows (" + cell + ")");
            }
            options.requireFit(name, cell, recurrentWeight.shape().extent(1));
        }

        /**
         * Makes a cell with nothing besides its weights.
         *
         * @param name the node's name
         * @param input the value it reads
         * @param cell the kind of cell
         * @param reversed whether it begins with the last step
         * @param inputWeight {@code [gates * hidden, inputs]}
         * @param recurrentWeight {@code [gates * hidden, hidden]}
         * @param bias {@code [gates * hidden]}, or null
         * @param recurrentBias {@code [gates * hidden]}, or null
         */
        public Recurrent(
                String name,
                String input,
                RecurrentCell cell,
                boolean reversed,
                Tensor inputWeight,
                Tensor recurrentWeight,
                @Nullable Tensor bias,
                @Nullable Tensor recurrentBias) {
            this(name, input, cell, reversed, inputWeight, recurrentWeight, bias, recurrentBias, RecurrentOptions.NONE);
        }

        /**
         * Makes a cell that runs forwards and has one bias.
         *
         * @param name the node's name
         * @param input the value it reads
         * @param cell the kind of cell
         * @param inputWeight {@code [gates * hidden, inputs]}
         * @param recurrentWeight {@code [gates * hidden, hidden]}
         * @param bias {@code [gates * hidden]}, or null
         */
        public Recurrent(
                String name,
                String input,
                RecurrentCell cell,
                Tensor inputWeight,
                Tensor recurrentWeight,
                @Nullable Tensor bias) {
            this(name, input, cell, false, inputWeight, recurrentWeight, bias, null);
        }

        /**
         * Returns the size of the hidden state.
         *
         * @return the values it yields per step
         */
        public int hidden() {
            return recurrentWeight.shape().extent(1);
        }

        @Override
        public List<String> inputs() {
            List<String> inputs = new ArrayList<>(List.of(input));
            inputs.addAll(options.inputs());
            return List.copyOf(inputs);
        }

        @Override
        public Map<String, Tensor> parameters() {
            return NodeParameters.recurrent(this);
        }

        @Override
        public Node withParameters(Map<String, Tensor> parameters) {
            Map<String, Tensor> merged = NodeParameters.merge(this, parameters);
            return new Recurrent(
                    name,
                    input,
                    cell,
                    reversed,
                    NodeParameters.require(merged, INPUT_WEIGHT),
                    NodeParameters.require(merged, RECURRENT_WEIGHT),
                    merged.get(ParameterKey.BIAS),
                    merged.get(RECURRENT_BIAS),
                    options.withPeepholes(merged.get(PEEPHOLES)));
        }
    }

    /**
     * Element-wise activation function.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param function the function
     * @param coefficients its coefficients, as many numbers as it names, finite but for the bounds of {@code CLIP}, which
     *     may be infinite
     */
    record Activation(String name, String input, ActivationFunction function, List<Float> coefficients)
            implements Node {
        /** Copies and checks the coefficients. */
        public Activation {
            coefficients = List.copyOf(coefficients);
            if (coefficients.size() != function.coefficientNames().size()
                    || !coefficients.stream().allMatch(c -> isCoefficient(function, c))) {
                throw new IllegalArgumentException("node " + name + ": " + function + " needs finite "
                        + function.coefficientNames() + ", not " + coefficients);
            }
        }

        private static boolean isCoefficient(ActivationFunction function, float value) {
            return Float.isFinite(value) || (function == ActivationFunction.CLIP && Float.isInfinite(value));
        }

        /**
         * Makes a node for a function without coefficients.
         *
         * @param name the node's name
         * @param input the value it reads
         * @param function the function
         */
        public Activation(String name, String input, ActivationFunction function) {
            this(name, input, function, List.of());
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Softmax over the last axis: {@code y[i] = exp(x[i]) / sum_j exp(x[j])}.
     *
     * @param name the node's name
     * @param input the value it reads
     */
    record Softmax(String name, String input) implements Node {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Makes one axis of all axes.
     *
     * @param name the node's name
     * @param input the value it reads
     */
    record Flatten(String name, String input) implements Node {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Gives the same values another shape.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param shape the new shape, of the same size
     */
    record Reshape(String name, String input, Shape shape) implements Node {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Element-wise operation on two values, {@code y[i] = left[i] op right[i]}. Axes are aligned from the last one; an axis
     * that one operand lacks or that has an extent of 1 there is repeated, as in NumPy.
     *
     * @param name the node's name
     * @param operator the operation
     * @param left the first value
     * @param right the second value
     */
    record Arithmetic(String name, ArithmeticOperator operator, String left, String right) implements Node {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Zeroes values at random while training and scales the others by {@code 1 / (1 - rate)}; passes them on elsewhere.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param rate probability of a zero, 0 &le; rate &lt; 1
     */
    record Dropout(String name, String input, double rate) implements Node {
        /** Checks the rate. */
        public Dropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("node " + name + ": dropout rate must be in [0, 1), not " + rate);
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }
}
