package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.number;
import static org.eiesim.models.onnx.GraphExport.word;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * Operators that ONNX Runtime's optimiser writes in the place of several of ONNX's, imported as those.
 *
 * <p>Source: ONNX Runtime, docs/ContribOperators.md.
 */
final class FusedOperators {
    /** The domain of ONNX Runtime's operators, as it stands before their names. */
    private static final String DOMAIN = "com.microsoft:";

    private static final float SKIP_EPSILON = 1e-12f;
    private static final float QUICK_GELU_ALPHA = 1.702f;

    private static final Map<String, OperatorImporter> IMPORTERS = Map.ofEntries(
            Map.entry(DOMAIN + "Attention", AttentionOperators::attention),
            Map.entry(DOMAIN + "BiasGelu", FusedOperators::biasGelu),
            Map.entry(DOMAIN + "DequantizeLinear", renamed("DequantizeLinear")),
            Map.entry(DOMAIN + "DynamicQuantizeMatMul", FusedOperators::dynamicQuantizeMatMul),
            Map.entry(DOMAIN + "EmbedLayerNormalization", FusedOperators::embedLayerNormalization),
            Map.entry(DOMAIN + "FastGelu", FusedOperators::fastGelu),
            Map.entry(DOMAIN + "FusedConv", FusedOperators::fusedConv),
            Map.entry(DOMAIN + "FusedGemm", FusedOperators::fusedGemm),
            Map.entry(DOMAIN + "FusedMatMul", FusedOperators::fusedMatMul),
            Map.entry(DOMAIN + "Gelu", renamed("Gelu")),
            Map.entry(DOMAIN + "MatMulIntegerToFloat", FusedOperators::matMulIntegerToFloat),
            Map.entry(DOMAIN + "MultiHeadAttention", AttentionOperators::multiHead),
            Map.entry(DOMAIN + "QLinearAdd", quantized("Add")),
            Map.entry(DOMAIN + "QLinearMul", quantized("Mul")),
            Map.entry(DOMAIN + "QLinearSigmoid", quantized("Sigmoid")),
            Map.entry(DOMAIN + "QLinearLeakyRelu", quantized("LeakyRelu")),
            Map.entry(DOMAIN + "QuantizeLinear", renamed("QuantizeLinear")),
            Map.entry(DOMAIN + "QuickGelu", FusedOperators::quickGelu),
            Map.entry(DOMAIN + "SkipLayerNormalization", skip("LayerNormalization")),
            Map.entry(DOMAIN + "SkipSimplifiedLayerNormalization", skip("SimplifiedLayerNormalization")),
            Map.entry("Attention", AttentionOperators::plainAttention),
            Map.entry("RMSNormalization", FusedOperators::rmsNormalization),
            Map.entry("SimplifiedLayerNormalization", FusedOperators::rmsNormalization));

    private FusedOperators() {}

    /** Returns the names of all, in alphabetical order. */
    static SortedSet<String> names() {
        return new TreeSet<>(IMPORTERS.keySet());
    }

    /** Finds the importer of an operator, or null. */
    static @Nullable OperatorImporter find(String operator) {
        return IMPORTERS.get(operator);
    }

    private static OperatorImporter renamed(String operator) {
        return (node, graph) -> {
            PlainNodes plain = new PlainNodes(node, graph);
            plain.end(operator, node.inputNames(), node.remainingAttributes());
        };
    }

    private static void biasGelu(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        PlainNodes plain = new PlainNodes(node, graph);
        plain.end("Gelu", List.of(plain.add("Add", List.of(node.inputName(0), node.inputName(1)))));
    }

    private static void fastGelu(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 2);
        PlainNodes plain = new PlainNodes(node, graph);
        String input = node.inputName(0);
        if (node.hasInput(1)) {
            input = plain.add("Add", List.of(input, node.inputName(1)));
        }
        plain.end("Gelu", List.of(input), word("approximate", "tanh"));
    }

    /** {@code x * sigmoid(alpha * x)}. */
    private static void quickGelu(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        PlainNodes plain = new PlainNodes(node, graph);
        String alpha = plain.number(node.number("alpha", QUICK_GELU_ALPHA));
        String gate = plain.add("Sigmoid", List.of(plain.add("Mul", List.of(node.inputName(0), alpha))));
        plain.end("Mul", List.of(node.inputName(0), gate));
    }

    /** {@code alpha * A * B}, either transposed in its last two axes. */
    private static void fusedMatMul(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        PlainNodes plain = new PlainNodes(node, graph);
        for (String attribute : List.of("transBatchA", "transBatchB")) {
            if (node.integer(attribute, 0) != 0) {
                throw node.unsupported(attribute, 1);
            }
        }
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            boolean turns = node.integer(i == 0 ? "transA" : "transB", 0) != 0;
            operands.add(turns ? turned(node, plain, i) : node.inputName(i));
        }
        float alpha = node.number("alpha", 1);
        if (alpha == 1) {
            plain.end("MatMul", operands);
        } else {
            plain.end("Mul", List.of(plain.add("MatMul", operands), plain.number(alpha)));
        }
    }

    private static String turned(OnnxNode node, PlainNodes plain, int input) throws FormatException {
        long[] permutation = new long[PlainNodes.extents(node, input).length];
        if (permutation.length < 2) {
            return node.inputName(input);
        }
        for (int axis = 0; axis < permutation.length; axis++) {
            permutation[axis] = axis;
        }
        int last = permutation.length - 1;
        permutation[last] = last - 1L;
        permutation[last - 1] = last;
        return plain.add("Transpose", List.of(node.inputName(input)), GraphExport.integers("perm", permutation));
    }

    private static void fusedGemm(OnnxNode node, GraphImport graph) throws FormatException {
        PlainNodes plain = new PlainNodes(node, graph);
        String function = node.word("activation", "");
        List<Float> coefficients = new ArrayList<>();
        for (String name : List.of("activation_alpha", "activation_beta", "activation_gamma")) {
            if (node.hasAttribute(name)) {
                coefficients.add(node.number(name, 0));
            }
        }
        String product = plain.add("Gemm", node.inputNames(), node.remainingAttributes());
        activation(node, plain, product, function, coefficients);
    }

    /** Convolution, then what the fourth input holds is added, then the activation function. */
    private static void fusedConv(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 4);
        PlainNodes plain = new PlainNodes(node, graph);
        String function = node.word("activation", "");
        List<Float> given = node.numbers("activation_params");
        List<String> inputs = node.inputNames().subList(0, Math.min(3, node.numInputs()));
        String value = plain.add("Conv", inputs, node.remainingAttributes());
        if (node.hasInput(3)) {
            value = plain.add("Add", List.of(value, node.inputName(3)));
        }
        activation(node, plain, value, function, given == null ? List.of() : given);
    }

    private static void activation(
            OnnxNode node, PlainNodes plain, String value, String function, List<Float> coefficients)
            throws FormatException {
        int count = coefficients.size();
        switch (function) {
            case "" -> plain.end("Identity", List.of(value));
            case "Relu", "Tanh", "Sigmoid", "HardSwish", "Gelu" -> plain.end(function, List.of(value));
            case "LeakyRelu" ->
                plain.end(function, List.of(value), number("alpha", count > 0 ? coefficients.get(0) : 0.01f));
            case "HardSigmoid" ->
                plain.end(
                        function,
                        List.of(value),
                        number("alpha", count > 0 ? coefficients.get(0) : 0.2f),
                        number("beta", count > 1 ? coefficients.get(1) : 0.5f));
            case "Clip" -> {
                if (count != 2) {
                    throw node.error("its Clip has " + count + " bounds, not 2");
                }
                String low = plain.add("Max", List.of(value, plain.number(coefficients.get(0))));
                plain.end("Min", List.of(low, plain.number(coefficients.get(1))));
            }
            default -> throw node.unsupported("activation", LayerNames.shorten(function));
        }
    }

    /** The sum of input, skip and bias, normalised; its fourth output is that sum. */
    private static OperatorImporter skip(String normalization) {
        return (node, graph) -> {
            boolean isSimple = normalization.startsWith("Simplified");
            node.requireInputs(3, 5);
            PlainNodes plain = new PlainNodes(node, graph);
            String sum = plain.add("Add", List.of(node.inputName(0), node.inputName(1)));
            int bias = isSimple ? 3 : 4;
            if (node.hasInput(bias)) {
                sum = plain.add("Add", List.of(sum, node.inputName(bias)));
            }
            requireUnread(node, 1, 2);
            if (node.isRead(3)) {
                plain.end(3, "Identity", List.of(sum));
            }
            List<String> inputs = new ArrayList<>(List.of(sum, node.inputName(2)));
            if (!isSimple && node.hasInput(3)) {
                inputs.add(node.inputName(3));
            }
            plain.end(normalization, inputs, number("epsilon", node.number("epsilon", SKIP_EPSILON)));
        };
    }

    private static void requireUnread(OnnxNode node, int first, int last) throws FormatException {
        for (int output = first; output <= last; output++) {
            if (node.isRead(output)) {
                throw node.error("its output " + LayerNames.shorten(node.output(output)) + " is not supported");
            }
        }
    }

    /** The sum of the embeddings of word, position and segment, normalised. */
    private static void embedLayerNormalization(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(7, 9);
        PlainNodes plain = new PlainNodes(node, graph);
        node.ignore("mask_index_type");
        requireUnread(node, 1, 1);
        String sum = plain.add("Gather", List.of(node.inputName(2), node.inputName(0)));
        if (node.hasInput(8)) {
            sum = plain.add("Add", List.of(sum, plain.add("Gather", List.of(node.inputName(3), node.inputName(8)))));
        } else {
            int numSteps = PlainNodes.extents(node, 0)[1];
            long[] positions = new long[numSteps];
            for (int step = 0; step < numSteps; step++) {
                positions[step] = step;
            }
            String first = plain.add("Gather", List.of(node.inputName(3), plain.list(positions)));
            sum = plain.add("Add", List.of(sum, first));
        }
        if (node.hasInput(1) && node.hasInput(4)) {
            sum = plain.add("Add", List.of(sum, plain.add("Gather", List.of(node.inputName(4), node.inputName(1)))));
        }
        if (node.isRead(2)) {
            plain.end(2, "Identity", List.of(sum));
        }
        plain.end(
                "LayerNormalization",
                List.of(sum, node.inputName(5), node.inputName(6)),
                number("epsilon", node.number("epsilon", SKIP_EPSILON)));
    }

    /** {@code x / sqrt(mean(x^2) + epsilon) * scale}, the mean over the last axes. */
    private static void rmsNormalization(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        PlainNodes plain = new PlainNodes(node, graph);
        node.ignore("stash_type");
        requireUnread(node, 1, 1);
        int rank = PlainNodes.extents(node, 0).length;
        int first = node.axis("axis", -1, rank);
        long[] axes = new long[rank - first];
        for (int axis = first; axis < rank; axis++) {
            axes[axis - first] = axis;
        }
        String input = node.inputName(0);
        String squares = plain.add("Mul", List.of(input, input));
        String mean = plain.reduced("ReduceMean", squares, axes);
        String shifted = plain.add("Add", List.of(mean, plain.number(node.number("epsilon", 1e-5f))));
        String scaled = plain.add("Div", List.of(input, plain.add("Sqrt", List.of(shifted))));
        plain.end("Mul", List.of(scaled, node.inputName(1)));
    }

    /** Real values from quantised ones, the operator, quantised again: of one or two operands, three inputs each. */
    private static OperatorImporter quantized(String operator) {
        return (node, graph) -> {
            PlainNodes plain = new PlainNodes(node, graph);
            int numOperands = operator.equals("Add") || operator.equals("Mul") ? 2 : 1;
            node.requireInputs(3 * numOperands + 1, 3 * numOperands + 2);
            List<String> real = new ArrayList<>();
            for (int i = 0; i < numOperands; i++) {
                real.add(plain.add("DequantizeLinear", given(node, 3 * i, 3)));
            }
            String value = plain.add(operator, real, node.remainingAttributes());
            List<String> scale = new ArrayList<>(List.of(value));
            scale.addAll(given(node, 3 * numOperands, 2));
            plain.end("QuantizeLinear", scale);
        };
    }

    /** Returns the names of inputs from one on, absent ones at the end left out. */
    private static List<String> given(OnnxNode node, int first, int count) {
        List<String> names = new ArrayList<>();
        for (int i = first; i < first + count && node.hasInput(i); i++) {
            names.add(node.inputName(i));
        }
        return names;
    }

    private static void dynamicQuantizeMatMul(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 5);
        PlainNodes plain = new PlainNodes(node, graph);
        List<String> input = plain.add("DynamicQuantizeLinear", List.of(node.inputName(0)), 3);
        List<String> product = new ArrayList<>(List.of(input.get(0), node.inputName(1), input.get(2)));
        if (node.hasInput(3)) {
            product.add(node.inputName(3));
        }
        rescaled(node, plain, product, input.get(1), node.inputName(2), 4);
    }

    private static void matMulIntegerToFloat(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(4, 7);
        PlainNodes plain = new PlainNodes(node, graph);
        List<String> product = new ArrayList<>(List.of(node.inputName(0), node.inputName(1)));
        product.add(node.hasInput(4) ? node.inputName(4) : "");
        product.add(node.hasInput(5) ? node.inputName(5) : "");
        rescaled(node, plain, product, node.inputName(2), node.inputName(3), 6);
    }

    /** A product of integers in steps of both scales, plus the bias. */
    private static void rescaled(
            OnnxNode node, PlainNodes plain, List<String> operands, String left, String right, int bias)
            throws FormatException {
        String product = plain.add("MatMulInteger", operands);
        String real = plain.add("Cast", List.of(product), integer("to", DataType.FLOAT_VALUE));
        String scale = plain.add("Mul", List.of(left, right));
        List<String> factors = List.of(real, scale);
        if (node.hasInput(bias)) {
            plain.end("Add", List.of(plain.add("Mul", factors), node.inputName(bias)));
        } else {
            plain.end("Mul", factors);
        }
    }
}
