package org.eiesim.models.network;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.nn.ReductionOperator;

/** The nodes that rearrange, combine or look up whole tensors. Axes are those of one sample and start at 0. */
public sealed interface TensorNode extends Node {
    /**
     * A value that is the same for every sample, as a mask or the embedding of a position.
     *
     * @param name the node's name
     * @param value the value; not trained
     */
    record Constant(String name, Tensor value) implements TensorNode {
        @Override
        public List<String> inputs() {
            return List.of();
        }

        @Override
        public Map<String, Tensor> parameters() {
            return Map.of(ParameterKey.VALUE, value);
        }

        @Override
        public Node withParameters(Map<String, Tensor> parameters) {
            return new Constant(
                    name, NodeParameters.require(NodeParameters.merge(this, parameters), ParameterKey.VALUE));
        }
    }

    /**
     * Rows of a table: {@code y[..., i] = weight[x[...]][i]}.
     *
     * @param name the node's name
     * @param input the value it reads: whole numbers 0..rows-1, or -rows..-1 from the end
     * @param weight {@code [rows, width]}
     */
    record Embedding(String name, String input, Tensor weight) implements TensorNode {
        /** Checks the rank. */
        public Embedding {
            NodeParameters.requireRank(name, weight, 2);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Map<String, Tensor> parameters() {
            return NodeParameters.weightAndBias(weight, null);
        }

        @Override
        public Node withParameters(Map<String, Tensor> parameters) {
            return new Embedding(name, input, NodeParameters.weight(NodeParameters.merge(this, parameters)));
        }
    }

    /**
     * One of two values, element by element: {@code y[i] = condition[i] != 0 ? yes[i] : no[i]}, axes aligned and repeated as
     * in {@link Node.Arithmetic}. What is not taken may be NaN or infinite.
     *
     * @param name the node's name
     * @param condition the value that decides
     * @param yes what is taken where that is not 0
     * @param no what is taken where it is 0
     */
    record Select(String name, String condition, String yes, String no) implements TensorNode {
        @Override
        public List<String> inputs() {
            return List.of(condition, yes, no);
        }
    }

    /**
     * Matrix product of two values: {@code y[..., i, j] = sum_k left[..., i, k] right[..., k, j]}, terms in ascending
     * order of {@code k}. The axes before the last two are broadcast as in NumPy.
     *
     * @param name the node's name
     * @param left {@code [..., rows, inner]}
     * @param right {@code [..., inner, columns]}
     */
    record MatrixProduct(String name, String left, String right) implements TensorNode {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Combines the elements along some axes into one.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param operator how elements are combined
     * @param axes the axes that end, at least one, without repetition
     * @param keepAxes whether they stay with an extent of 1
     */
    record Reduction(String name, String input, ReductionOperator operator, List<Integer> axes, boolean keepAxes)
            implements TensorNode {
        /** Copies and checks the axes. */
        public Reduction {
            axes = List.copyOf(axes);
            requireDistinct(name, axes);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Lays values one after another along an axis.
     *
     * @param name the node's name
     * @param inputs the values, at least one, equal in all extents but that of the axis
     * @param axis the axis
     */
    record Concat(String name, List<String> inputs, int axis) implements TensorNode {
        /** Copies the inputs and checks their number. */
        public Concat {
            inputs = List.copyOf(inputs);
            if (inputs.isEmpty()) {
                throw new IllegalArgumentException("node " + name + ": there is nothing to concatenate");
            }
        }
    }

    /**
     * Takes elements {@code start, start + step, ...} along an axis.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param axis the axis
     * @param start the first element, from 0
     * @param count how many, at least one
     * @param step their distance, not 0; negative for the reverse order
     */
    record Slice(String name, String input, int axis, int start, int count, int step) implements TensorNode {
        /** Checks the ranges that do not depend on the input. */
        public Slice {
            if (start < 0 || count < 1 || step == 0) {
                throw new IllegalArgumentException("node " + name + ": a slice of " + count + " elements from " + start
                        + " by " + step + " needs a count of at least 1, a start of at least 0 and a step");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Takes elements of an axis in any order, any number of times: element {@code i} of the result's axis is element
     * {@code indices[i]} of the input's.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param axis the axis
     * @param indices which elements, from 0, at least one
     */
    record Gather(String name, String input, int axis, List<Integer> indices) implements TensorNode {
        /** Copies the indices and checks what does not depend on the input. */
        public Gather {
            indices = List.copyOf(indices);
            if (indices.isEmpty() || indices.stream().anyMatch(index -> index < 0)) {
                throw new IllegalArgumentException("node " + name + ": it needs at least one index, and none below 0");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Reorders the axes: axis {@code i} of the result is axis {@code permutation[i]} of the input.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param permutation each of 0..rank-1 once
     */
    record Transpose(String name, String input, List<Integer> permutation) implements TensorNode {
        /** Copies and checks the permutation. */
        public Transpose {
            permutation = List.copyOf(permutation);
            requireDistinct(name, permutation);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    private static void requireDistinct(String name, List<Integer> axes) {
        if (axes.isEmpty() || new HashSet<>(axes).size() != axes.size()) {
            throw new IllegalArgumentException(
                    "node " + name + ": axes " + axes + " must be at least one and without repetition");
        }
    }
}
