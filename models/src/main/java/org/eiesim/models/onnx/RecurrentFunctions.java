package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.GateFunction;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.RecurrentOptions;
import org.eiesim.models.network.RecurrentOptions.Gate;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a recurrent operator: attributes {@code activations}, {@code activation_alpha} and {@code
 * activation_beta}. Names are told apart whatever their case; a function that has a coefficient takes the next of its list,
 * and its default where the list has ended.
 */
final class RecurrentFunctions {
    private static final float NO_DEFAULT = Float.NaN;

    /** Functions by name in lower case, with the defaults of their coefficients, null where they have none. */
    private static final Map<String, Entry> FUNCTIONS = Map.ofEntries(
            Map.entry("sigmoid", new Entry(GateFunction.SIGMOID, null, null)),
            Map.entry("tanh", new Entry(GateFunction.TANH, null, null)),
            Map.entry("relu", new Entry(GateFunction.RELU, null, null)),
            Map.entry("affine", new Entry(GateFunction.AFFINE, NO_DEFAULT, NO_DEFAULT)),
            Map.entry("leakyrelu", new Entry(GateFunction.LEAKY_RELU, 0.01f, null)),
            Map.entry("thresholdedrelu", new Entry(GateFunction.THRESHOLDED_RELU, 1f, null)),
            Map.entry("scaledtanh", new Entry(GateFunction.SCALED_TANH, NO_DEFAULT, NO_DEFAULT)),
            Map.entry("hardsigmoid", new Entry(GateFunction.HARD_SIGMOID, 0.2f, 0.5f)),
            Map.entry("elu", new Entry(GateFunction.ELU, 1f, null)),
            Map.entry("softsign", new Entry(GateFunction.SOFTSIGN, null, null)),
            Map.entry("softplus", new Entry(GateFunction.SOFTPLUS, null, null)));

    /** ONNX's names of the functions. */
    private static final Map<GateFunction, String> NAMES = Map.ofEntries(
            Map.entry(GateFunction.SIGMOID, "Sigmoid"),
            Map.entry(GateFunction.TANH, "Tanh"),
            Map.entry(GateFunction.RELU, "Relu"),
            Map.entry(GateFunction.AFFINE, "Affine"),
            Map.entry(GateFunction.LEAKY_RELU, "LeakyRelu"),
            Map.entry(GateFunction.THRESHOLDED_RELU, "ThresholdedRelu"),
            Map.entry(GateFunction.SCALED_TANH, "ScaledTanh"),
            Map.entry(GateFunction.HARD_SIGMOID, "HardSigmoid"),
            Map.entry(GateFunction.ELU, "Elu"),
            Map.entry(GateFunction.SOFTSIGN, "Softsign"),
            Map.entry(GateFunction.SOFTPLUS, "Softplus"));

    private RecurrentFunctions() {}

    private record Entry(
            GateFunction function,
            @Nullable Float alpha,
            @Nullable Float beta) {}

    /**
     * Reads the functions of every direction.
     *
     * @param node the operator
     * @param cell the kind of cell, which decides their number and those that hold where none are given
     * @param numDirections directions
     * @return a list per direction
     * @throws FormatException if their number or a name is wrong, or a coefficient is missing
     */
    static List<List<Gate>> read(OnnxNode node, RecurrentCell cell, int numDirections) throws FormatException {
        List<Gate> own = RecurrentOptions.NONE.gatesOf(cell);
        List<String> names = node.words("activations");
        List<List<Gate>> directions = new ArrayList<>();
        List<Float> alphas = node.numbers("activation_alpha");
        List<Float> betas = node.numbers("activation_beta");
        if (names == null || names.isEmpty()) {
            for (int i = 0; i < numDirections; i++) {
                directions.add(own);
            }
            return directions;
        }
        if (names.size() != own.size() * numDirections) {
            throw node.error("attribute activations names " + names.size() + " functions, not " + own.size()
                    + " for each of " + numDirections + " direction(s)");
        }
        Iterator<Float> alpha = (alphas == null ? List.<Float>of() : alphas).iterator();
        Iterator<Float> beta = (betas == null ? List.<Float>of() : betas).iterator();
        for (int i = 0; i < numDirections; i++) {
            List<Gate> gates = new ArrayList<>();
            for (String name : names.subList(i * own.size(), (i + 1) * own.size())) {
                Entry entry = FUNCTIONS.get(name.toLowerCase(Locale.ROOT));
                if (entry == null) {
                    throw node.unsupported("activations", LayerNames.shorten(name));
                }
                gates.add(new Gate(
                        entry.function(),
                        coefficient(node, name, "alpha", entry.alpha(), alpha),
                        coefficient(node, name, "beta", entry.beta(), beta)));
            }
            directions.add(gates);
        }
        return directions;
    }

    private static float coefficient(
            OnnxNode node, String function, String which, @Nullable Float absent, Iterator<Float> given)
            throws FormatException {
        if (absent == null) {
            return 0;
        }
        float value = given.hasNext() ? given.next() : absent;
        if (!Float.isFinite(value)) {
            throw node.error(
                    "attribute activation_" + which + " gives " + LayerNames.shorten(function) + " no finite number");
        }
        return value;
    }

    /** Returns the attributes that name functions and their coefficients. */
    static List<AttributeProto> write(List<Gate> gates) {
        List<String> names = new ArrayList<>();
        List<Float> alphas = new ArrayList<>();
        List<Float> betas = new ArrayList<>();
        for (Gate gate : gates) {
            names.add(NAMES.get(gate.function()));
            Entry entry = FUNCTIONS.get(
                    Objects.requireNonNull(NAMES.get(gate.function())).toLowerCase(Locale.ROOT));
            if (entry != null && entry.alpha() != null) {
                alphas.add(gate.alpha());
            }
            if (entry != null && entry.beta() != null) {
                betas.add(gate.beta());
            }
        }
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(GraphExport.words("activations", names.toArray(new String[0])));
        if (!alphas.isEmpty()) {
            attributes.add(GraphExport.numbers("activation_alpha", floats(alphas)));
        }
        if (!betas.isEmpty()) {
            attributes.add(GraphExport.numbers("activation_beta", floats(betas)));
        }
        return attributes;
    }

    private static float[] floats(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }
}
