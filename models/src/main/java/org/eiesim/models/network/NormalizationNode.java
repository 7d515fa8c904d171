package org.eiesim.models.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes that bring values to a common scale. */
public sealed interface NormalizationNode extends Node {
    /**
     * Batch normalisation with known statistics: {@code y = scale[c] (x - mean[c]) / sqrt(variance[c] + epsilon) +
     * bias[c]}, {@code c} being the position on the first axis.
     *
     * @param name the node's name
     * @param input the value it reads, {@code [channels, ...]}
     * @param scale {@code [channels]}
     * @param bias {@code [channels]}
     * @param mean {@code [channels]}; a statistic, not trained
     * @param variance {@code [channels]}, each with {@code variance + epsilon > 0}; a statistic, not trained
     * @param epsilon added to the variance
     */
    record Batch(String name, String input, Tensor scale, Tensor bias, Tensor mean, Tensor variance, double epsilon)
            implements NormalizationNode {
        /** Checks the extents and that the variances are positive. */
        public Batch {
            NodeParameters.requireRank(name, scale, 1);
            int numChannels = scale.shape().extent(0);
            NodeParameters.requireBias(name, numChannels, bias);
            NodeParameters.requireBias(name, numChannels, mean);
            NodeParameters.requireBias(name, numChannels, variance);
            requireEpsilon(name, epsilon);
            for (float value : variance.values()) {
                if (!(value + epsilon > 0)) {
                    throw new IllegalArgumentException(
                            "node " + name + ": variance " + value + " with epsilon " + epsilon + " must be positive");
                }
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Map<String, Tensor> parameters() {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            parameters.put(ParameterKey.SCALE, scale);
            parameters.put(ParameterKey.BIAS, bias);
            parameters.put(ParameterKey.MEAN, mean);
            parameters.put(ParameterKey.VARIANCE, variance);
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Node withParameters(Map<String, Tensor> parameters) {
            Map<String, Tensor> merged = NodeParameters.merge(this, parameters);
            return new Batch(
                    name,
                    input,
                    NodeParameters.require(merged, ParameterKey.SCALE),
                    NodeParameters.require(merged, ParameterKey.BIAS),
                    NodeParameters.require(merged, ParameterKey.MEAN),
                    NodeParameters.require(merged, ParameterKey.VARIANCE),
                    epsilon);
        }
    }

    /**
     * Layer normalisation: {@code y[i] = scale[i] (x[i] - mean) / sqrt(variance + epsilon) + bias[i]} with the mean and
     * the (biased) variance of each run of {@code scale.size} values; such a run is the last axis, or the last few.
     *
     * @param name the node's name
     * @param input the value it reads
     * @param scale {@code [elements of a run]}
     * @param bias {@code [elements of a run]}, or null
     * @param epsilon added to the variance, &gt; 0
     */
    record Layer(
            String name,
            String input,
            Tensor scale,
            @Nullable Tensor bias,
            double epsilon) implements NormalizationNode {
        /** Checks the extents. */
        public Layer {
            NodeParameters.requireRank(name, scale, 1);
            NodeParameters.requireBias(name, scale.shape().extent(0), bias);
            requireEpsilon(name, epsilon);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Map<String, Tensor> parameters() {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            parameters.put(ParameterKey.SCALE, scale);
            if (bias != null) {
                parameters.put(ParameterKey.BIAS, bias);
            }
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Node withParameters(Map<String, Tensor> parameters) {
            Map<String, Tensor> merged = NodeParameters.merge(this, parameters);
            return new Layer(
                    name,
                    input,
                    NodeParameters.require(merged, ParameterKey.SCALE),
                    merged.get(ParameterKey.BIAS),
                    epsilon);
        }
    }

    /**
     * Local response normalisation across channels: {@code y[c] = x[c] / (bias + alpha / size * sum of x[d]^2)^beta} over
     * the {@code size} channels {@code d} around {@code c} that exist.
     *
     * <p>Source: AlexNet; ONNX LRN, Caffe LRN (ACROSS_CHANNELS, bias 1).
     *
     * @param name the node's name
     * @param input the value it reads, {@code [channels, ...]}
     * @param size channels of a neighbourhood, &ge; 1
     * @param alpha factor of the sum of squares
     * @param beta exponent
     * @param bias what is added to the sum, &gt; 0
     */
    record LocalResponse(String name, String input, int size, double alpha, double beta, double bias)
            implements NormalizationNode {
        /** Checks the ranges. */
        public LocalResponse {
            if (size < 1 || !(alpha >= 0 && Double.isFinite(alpha) && Double.isFinite(beta) && bias > 0)) {
                throw new IllegalArgumentException("node " + name + ": a local response normalisation needs size >= 1,"
                        + " alpha >= 0 and bias > 0, not " + size + ", " + alpha + ", " + bias);
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    private static void requireEpsilon(String name, double epsilon) {
        if (!(epsilon >= 0 && Double.isFinite(epsilon))) {
            throw new IllegalArgumentException("node " + name + ": epsilon must be at least 0, not " + epsilon);
        }
    }
}
