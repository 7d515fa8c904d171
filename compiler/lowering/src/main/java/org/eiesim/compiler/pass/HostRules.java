package org.eiesim.compiler.pass;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.PlaneAttributes;
import org.eiesim.kernels.nn.ElementFunction;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** Nodes that become work of the host. */
final class HostRules {
    private static final List<Float> RELU6 = List.of(0f, 6f);

    private HostRules() {}

    static void softmax(Node.Softmax node, Rewrite rewrite) {
        Shape shape = rewrite.shape(node.name());
        int length = shape.extent(shape.rank() - 1);
        rewrite.host(HostKind.SOFTMAX, List.of(node.input()), Map.of("axis_length", length));
    }

    static void activation(Node.Activation node, Rewrite rewrite) {
        ActivationCode code = code(node.function(), node.coefficients());
        if (code != null) {
            rewrite.host(HostKind.ACTIVATION, List.of(node.input()), Map.of("function", code.code()));
            return;
        }
        ElementFunction function = elementFunction(node.function());
        if (function != null) {
            rewrite.host(
                    HostKind.FUNCTION,
                    List.of(node.input()),
                    Map.of("function", List.of(ElementFunction.values()).indexOf(function)));
            return;
        }
        HostKind kind = switch (node.function()) {
            case CLIP -> HostKind.CLIP;
            case LEAKY_RELU -> HostKind.LEAKY_RELU;
            case ELU -> HostKind.ELU;
            case HARD_SIGMOID -> HostKind.HARD_SIGMOID;
            default -> throw new IllegalStateException("no host operation for " + node.function());
        };
        float[] coefficients = new float[node.coefficients().size()];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = node.coefficients().get(i);
        }
        rewrite.hostInto(node.name(), kind, List.of(node.input()), Map.of(), List.of(coefficients));
    }

    /** Returns the code of a function that a layer can end with or the machine names, or null. */
    private static @Nullable ActivationCode code(ActivationFunction function, List<Float> coefficients) {
        return switch (function) {
            case RELU -> ActivationCode.RELU;
            case SIGMOID -> ActivationCode.SIGMOID;
            case TANH -> ActivationCode.TANH;
            case HARD_SWISH -> ActivationCode.HARD_SWISH;
            case GELU -> ActivationCode.GELU;
            case GELU_TANH -> ActivationCode.GELU_TANH;
            case ERF -> ActivationCode.ERF;
            case EXP -> ActivationCode.EXP;
            case LOG -> ActivationCode.LOG;
            case SQRT -> ActivationCode.SQRT;
            case CLIP -> coefficients.equals(RELU6) ? ActivationCode.RELU6 : null;
            default -> null;
        };
    }

    /** Returns the function of the same name that only the host computes, or null. */
    private static @Nullable ElementFunction elementFunction(ActivationFunction function) {
        for (ElementFunction candidate : ElementFunction.values()) {
            if (candidate.name().equals(function.name())) {
                return candidate;
            }
        }
        return null;
    }

    static void batchNormalization(NormalizationNode.Batch node, Rewrite rewrite) {
        rewrite.hostInto(
                node.name(),
                HostKind.BATCH_NORM,
                List.of(node.input()),
                Map.of("channels", rewrite.shape(node.input()).extent(0)),
                List.of(
                        node.scale().values(),
                        node.bias().values(),
                        node.mean().values(),
                        node.variance().values(),
                        new float[] {(float) node.epsilon()}));
    }

    static void layerNormalization(NormalizationNode.Layer node, Rewrite rewrite) {
        float[] scale = node.scale().values();
        Tensor bias = node.bias();
        rewrite.hostInto(
                node.name(),
                HostKind.LAYER_NORM,
                List.of(node.input()),
                Map.of("axis_length", scale.length),
                List.of(scale, bias == null ? new float[scale.length] : bias.values(), new float[] {
                    (float) node.epsilon()
                }));
    }

    static void localResponse(NormalizationNode.LocalResponse node, Rewrite rewrite) {
        rewrite.hostInto(
                node.name(),
                HostKind.LOCAL_RESPONSE,
                List.of(node.input()),
                Map.of("channels", rewrite.shape(node.input()).extent(0), "size", node.size()),
                List.of(new float[] {(float) node.alpha(), (float) node.beta(), (float) node.bias()}));
    }

    static void pooling(Node.Pooling node, Rewrite rewrite) {
        Shape shape = rewrite.shape(node.input());
        Map<String, Integer> attributes = new TreeMap<>();
        PlaneAttributes.put(
                shape.extent(0), node.window().over(shape.extent(1), shape.extent(2), node.roundUp()), attributes);
        attributes.put(PlaneAttributes.ROUND_UP, node.roundUp() ? 1 : 0);
        HostKind kind = switch (node.kind()) {
            case MAXIMUM -> HostKind.MAXIMUM_POOL;
            case AVERAGE -> HostKind.AVERAGE_POOL;
        };
        if (kind == HostKind.AVERAGE_POOL) {
            attributes.put("count_padding", node.countPadding() ? 1 : 0);
        }
        rewrite.host(kind, List.of(node.input()), attributes);
    }
}
