package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation spelled out: {@code c = x - mean(x)}, {@code y = c / sqrt(mean(c^2) + epsilon) * scale + bias}, with
 * means over the last axis or the last few, {@code epsilon > 0} and constants of such a run's shape.
 */
final class LayerNormalizationPattern {
    private final ValueGraph graph;
    private final Set<String> inner = new TreeSet<>();

    private LayerNormalizationPattern(ValueGraph graph) {
        this.graph = graph;
    }

    /** The difference of a value and its mean. */
    private record Centred(String value, List<Integer> axes) {}

    /** The root of the mean square of a difference plus epsilon. */
    private record Deviation(Centred of, double epsilon) {}

    /**
     * Folds a normalisation that ends with a product with its scale.
     *
     * @param graph the graph
     * @param root the node that may be the product
     * @return whether it is one
     */
    static boolean foldScale(ValueGraph graph, Node.Arithmetic root) {
        if (root.operator() != ArithmeticOperator.MULTIPLY) {
            return false;
        }
        return new LayerNormalizationPattern(graph).scale(root, root.left(), root.right())
                || new LayerNormalizationPattern(graph).scale(root, root.right(), root.left());
    }

    /**
     * Folds the sum of a layer normalisation that has no bias and a constant.
     *
     * @param graph the graph
     * @param root the node that may be the sum
     * @return whether it is one
     */
    static boolean foldBias(ValueGraph graph, Node.Arithmetic root) {
        return root.operator() == ArithmeticOperator.ADD
                && (bias(graph, root, root.left(), root.right()) || bias(graph, root, root.right(), root.left()));
    }

    private static boolean bias(ValueGraph graph, Node.Arithmetic root, String value, String constant) {
        if (!(graph.producer(value) instanceof NormalizationNode.Layer layer)
                || layer.bias() != null
                || !graph.shape(root.name()).equals(graph.shape(layer.input()))) {
            return false;
        }
        Tensor bias =
                run(graph.constant(constant), graph.shape(value), layer.scale().values().length);
        return bias != null
                && graph.replace(
                        new NormalizationNode.Layer(root.name(), layer.input(), layer.scale(), bias, layer.epsilon()),
                        Set.of(value));
    }

    private boolean scale(Node.Arithmetic root, String normal, String constant) {
        if (!(graph.producer(normal) instanceof Node.Arithmetic quotient)
                || quotient.operator() != ArithmeticOperator.DIVIDE) {
            return false;
        }
        inner.add(normal);
        Centred centred = centred(quotient.left());
        Deviation deviation = deviation(quotient.right());
        if (centred == null || deviation == null || !centred.equals(deviation.of())) {
            return false;
        }
        Shape shape = graph.shape(centred.value());
        Tensor scale = run(graph.constant(constant), shape, runSize(shape, centred.axes()));
        return scale != null
                && graph.shape(root.name()).equals(shape)
                && graph.replace(
                        new NormalizationNode.Layer(root.name(), centred.value(), scale, null, deviation.epsilon()),
                        inner);
    }

    private @Nullable Centred centred(String value) {
        if (!(graph.producer(value) instanceof Node.Arithmetic difference)
                || difference.operator() != ArithmeticOperator.SUBTRACT) {
            return null;
        }
        TensorNode.Reduction mean = mean(difference.right());
        if (mean == null || !mean.input().equals(difference.left())) {
            return null;
        }
        inner.add(value);
        return new Centred(difference.left(), sorted(mean));
    }

    private TensorNode.@Nullable Reduction mean(String value) {
        if (graph.producer(value) instanceof TensorNode.Reduction mean
                && mean.operator() == ReductionOperator.MEAN
                && mean.keepAxes()) {
            inner.add(value);
            return mean;
        }
        return null;
    }

    private static List<Integer> sorted(TensorNode.Reduction reduction) {
        return reduction.axes().stream().sorted().toList();
    }

    private @Nullable Deviation deviation(String value) {
        if (!(graph.producer(value) instanceof Node.Activation root)
                || root.function() != ActivationFunction.SQRT
                || !(graph.producer(root.input()) instanceof Node.Arithmetic sum)
                || sum.operator() != ArithmeticOperator.ADD) {
            return null;
        }
        inner.add(value);
        inner.add(sum.name());
        Double right = graph.scalar(sum.right());
        Double epsilon = right == null ? graph.scalar(sum.left()) : right;
        TensorNode.Reduction variance = mean(right == null ? sum.right() : sum.left());
        if (epsilon == null || !(epsilon > 0) || variance == null) {
            return null;
        }
        Centred centred = squared(variance.input());
        return centred != null && centred.axes().equals(sorted(variance)) ? new Deviation(centred, epsilon) : null;
    }

    private @Nullable Centred squared(String value) {
        if (!(graph.producer(value) instanceof Node.Arithmetic square)) {
            return null;
        }
        inner.add(value);
        Centred base = centred(square.left());
        boolean isSquare = switch (square.operator()) {
            case POWER -> Double.valueOf(2).equals(graph.scalar(square.right()));
            case MULTIPLY -> base != null && base.equals(centred(square.right()));
            default -> false;
        };
        return isSquare ? base : null;
    }

    /** Counts the elements of a run over the given axes; 0 where they are not the last ones. */
    private static int runSize(Shape shape, List<Integer> axes) {
        int size = 1;
        for (int i = 0; i < axes.size(); i++) {
            int axis = shape.rank() - axes.size() + i;
            if (axes.get(i) != axis) {
                return 0;
            }
            size *= shape.extent(axis);
        }
        return size;
    }

    /** Returns a constant as one number per element of a run of the last axes, or null where it is not that. */
    private static @Nullable Tensor run(@Nullable Tensor constant, Shape shape, int size) {
        if (constant == null || size == 0) {
            return null;
        }
        int first = shape.rank();
        for (int product = 1; product < size; product *= shape.extent(first)) {
            first--;
        }
        int[] run = Arrays.copyOfRange(shape.toArray(), first, shape.rank());
        boolean isRun = Arrays.equals(withoutLeadingOnes(constant.shape().toArray()), withoutLeadingOnes(run));
        return isRun ? new Tensor(Shape.of(size), constant.values()) : null;
    }

    private static int[] withoutLeadingOnes(int[] extents) {
        int first = 0;
        while (first < extents.length && extents[first] == 1) {
            first++;
        }
        return Arrays.copyOfRange(extents, first, extents.length);
    }
}
