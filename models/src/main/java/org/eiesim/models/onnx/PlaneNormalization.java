package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Normalisations over planes or groups of them, spelled out as reductions and arithmetic. */
final class PlaneNormalization {
    private PlaneNormalization() {}

    /** Imports InstanceNormalization: each channel of each sample on its own. */
    static void instance(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 3);
        Planes planes = Planes.of(node, graph, node.computed(0));
        float[] scale = perChannel(node, 1, planes.numChannels());
        float[] bias = perChannel(node, 2, planes.numChannels());
        normalise(node, graph, planes, planes.numChannels(), scale, bias);
    }

    /** Imports GroupNormalization, whose scale and bias are one per group before operator set 21. */
    static void group(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 3);
        node.ignore("stash_type");
        Planes planes = Planes.of(node, graph, node.computed(0));
        long groups = node.integer("num_groups", 0);
        int channels = planes.numChannels();
        if (groups < 1 || channels % groups != 0) {
            throw node.unsupported("num_groups", groups + " for " + channels + " channels");
        }
        boolean isPerGroup = node.constant(1).shape().size() == groups && graph.opset() < 21;
        int numFactors = isPerGroup ? (int) groups : channels;
        float[] scale = spread(perChannel(node, 1, numFactors), channels);
        float[] bias = spread(perChannel(node, 2, numFactors), channels);
        normalise(node, graph, planes, (int) groups, scale, bias);
    }

    private static float[] perChannel(OnnxNode node, int input, int count) throws FormatException {
        float[] values = node.constant(input).floats();
        if (values.length != count) {
            throw node.error("input " + input + " (from 0) has " + values.length + " elements, not " + count);
        }
        return values;
    }

    private static float[] spread(float[] values, int count) {
        float[] spread = new float[count];
        for (int i = 0; i < count; i++) {
            spread[i] = values[i / (count / values.length)];
        }
        return spread;
    }

    private static void normalise(
            OnnxNode node, GraphImport graph, Planes planes, int groups, float[] scale, float[] bias)
            throws FormatException {
        float epsilon = node.number("epsilon", 1e-5f);
        Composition steps = new Composition(node, graph);
        int rows = planes.numSamples() * groups;
        String matrix = steps.reshape(planes.value(), rows, steps.size(planes.value()) / rows);
        String centred = centred(steps, matrix, 1);
        String variance =
                steps.reduce(ReductionOperator.MEAN, steps.combine(ArithmeticOperator.MULTIPLY, centred, centred), 1);
        String deviation =
                steps.activate(steps.combine(ArithmeticOperator.ADD, variance, epsilon), ActivationFunction.SQRT);
        String normal = steps.combine(ArithmeticOperator.DIVIDE, centred, deviation);
        String value = scaled(steps, normal, planes, scale, bias);
        graph.define(node, planes.yielding(node, graph, value, planes.numChannels(), planes.spatial()));
    }

    /** Multiplies and shifts channels; in one sample as batch normalisation does, whose factors are learnt. */
    private static String scaled(Composition steps, String normal, Planes planes, float[] scale, float[] bias) {
        int channels = planes.numChannels();
        int planeSize = steps.size(normal) / planes.numSamples() / channels;
        if (planes.numSamples() == 1) {
            float[] ones = new float[channels];
            Arrays.fill(ones, 1);
            return steps.add(new NormalizationNode.Batch(
                    steps.name("scaled"),
                    steps.reshape(normal, channels, planeSize),
                    vector(scale),
                    vector(bias),
                    vector(new float[channels]),
                    vector(ones),
                    0));
        }
        String stacked = steps.reshape(normal, planes.numSamples(), channels, planeSize);
        String product = steps.combine(ArithmeticOperator.MULTIPLY, stacked, steps.constant(scale, channels, 1));
        return steps.combine(ArithmeticOperator.ADD, product, steps.constant(bias, channels, 1));
    }

    private static Tensor vector(float[] values) {
        return new Tensor(Shape.of(values.length), values);
    }

    private static String centred(Composition steps, String value, int... axes) {
        return steps.combine(ArithmeticOperator.SUBTRACT, value, steps.reduce(ReductionOperator.MEAN, value, axes));
    }

    /** Imports MeanVarianceNormalization: {@code (x - mean) / (sqrt(variance) + 1e-9)} over some axes. */
    static void meanVariance(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        List<Long> given = node.integers("axes");
        Operand.Computed input = node.computed(0);
        List<Long> named = given == null ? List.of(0L, 2L, 3L) : given;
        int[] axes = new int[named.size()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = node.axis("axes", named.get(i), input.onnxRank(), 1);
        }
        Operand.Computed value = BatchAxis.along(node, graph, input, axes);
        int[] own = Arrays.stream(axes).map(value::sampleAxis).toArray();
        Composition steps = new Composition(node, graph);
        String centred = centred(steps, value.value(), own);
        String variance =
                steps.reduce(ReductionOperator.MEAN, steps.combine(ArithmeticOperator.MULTIPLY, centred, centred), own);
        String deviation =
                steps.combine(ArithmeticOperator.ADD, steps.activate(variance, ActivationFunction.SQRT), 1e-9f);
        define(node, graph, steps.combine(ArithmeticOperator.DIVIDE, centred, deviation), value);
    }

    /** Imports LpNormalization: a vector over its norm, and 0 where that is 0. */
    static void norm(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        long p = node.integer("p", 2);
        if (p != 1 && p != 2) {
            throw node.unsupported("p", p);
        }
        int axis = node.axis("axis", -1, input.onnxRank());
        Operand.Computed value = BatchAxis.along(node, graph, input, axis);
        Composition steps = new Composition(node, graph);
        String powers = p == 1
                ? steps.absolute(value.value())
                : steps.combine(ArithmeticOperator.MULTIPLY, value.value(), value.value());
        String norms = steps.reduce(ReductionOperator.SUM, powers, value.sampleAxis(axis));
        if (p == 2) {
            norms = steps.activate(norms, ActivationFunction.SQRT);
        }
        String divisors = steps.combine(ArithmeticOperator.MAXIMUM, norms, Float.MIN_NORMAL);
        define(node, graph, steps.combine(ArithmeticOperator.DIVIDE, value.value(), divisors), value);
    }

    private static void define(OnnxNode node, GraphImport graph, String value, Operand.Computed like)
            throws FormatException {
        graph.define(node, new Operand.Computed(value, graph.shape(value), like.batchAxis()));
    }
}
