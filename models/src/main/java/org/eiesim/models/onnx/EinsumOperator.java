package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eiesim.kernels.bits.FormatException;

/**
 * Einsum: operands are multiplied two by two. Labels both have and the result keeps are a stack of matrices, those that end
 * are the inner axis; a product with a constant becomes a layer as that of MatMul does.
 */
final class EinsumOperator {
    private final OnnxNode node;
    private final PlainNodes plain;
    private final Map<Character, Integer> extents = new HashMap<>();

    private EinsumOperator(OnnxNode node, GraphImport graph) {
        this.node = node;
        this.plain = new PlainNodes(node, graph);
    }

    /** A value and the label of each of its axes. */
    private record Term(String value, String labels) {}

    /** Imports Einsum. */
    static void einsum(OnnxNode node, GraphImport graph) throws FormatException {
        new EinsumOperator(node, graph).run();
    }

    private void run() throws FormatException {
        String equation = node.word("equation", "").replace(" ", "");
        int arrow = equation.indexOf("->");
        String[] terms = (arrow < 0 ? equation : equation.substring(0, arrow)).split(",", -1);
        if (!equation.matches("[A-Za-z,]*(->[A-Za-z]*)?") || terms.length != node.numInputs()) {
            throw node.unsupported("equation", equation);
        }
        String result = arrow < 0 ? implied(terms) : equation.substring(arrow + 2);
        for (int i = 0; i < terms.length; i++) {
            note(terms[i], PlainNodes.extents(node, i), equation);
        }
        Term left = new Term(node.inputName(0), terms[0]);
        left = summed(left, needed(terms, 1, result));
        for (int i = 1; i < terms.length; i++) {
            String later = needed(terms, i + 1, result);
            Term right = summed(new Term(node.inputName(i), terms[i]), left.labels() + later);
            left = product(summed(left, right.labels() + later), right, later);
        }
        if (left.labels().length() != result.length() || !contains(left.labels(), result)) {
            throw node.unsupported("equation", equation);
        }
        plain.end("Identity", List.of(ordered(left, result).value()));
    }

    private void note(String labels, int[] own, String equation) throws FormatException {
        if (labels.length() != own.length || labels.chars().distinct().count() != labels.length()) {
            throw node.unsupported("equation", equation + " for a value of " + own.length + " axes");
        }
        for (int axis = 0; axis < own.length; axis++) {
            Integer known = extents.put(labels.charAt(axis), own[axis]);
            if (known != null && known != own[axis]) {
                throw node.error("axis " + labels.charAt(axis) + " of " + equation + " has extents " + known + " and "
                        + own[axis]);
            }
        }
    }

    /** Without an arrow the result has the labels that appear once, in alphabetical order. */
    private static String implied(String[] terms) {
        Map<Character, Integer> counts = new TreeMap<>();
        for (char label : String.join("", terms).toCharArray()) {
            counts.merge(label, 1, Integer::sum);
        }
        StringBuilder result = new StringBuilder();
        counts.forEach((label, count) -> result.append(count == 1 ? label.toString() : ""));
        return result.toString();
    }

    private static String needed(String[] terms, int from, String result) {
        StringBuilder needed = new StringBuilder(result);
        for (int i = from; i < terms.length; i++) {
            needed.append(terms[i]);
        }
        return needed.toString();
    }

    private static boolean contains(String labels, String wanted) {
        return wanted.chars().allMatch(label -> labels.indexOf(label) >= 0);
    }

    /** Sums over the axes that nobody needs. */
    private Term summed(Term term, String needed) throws FormatException {
        List<Long> axes = new ArrayList<>();
        StringBuilder kept = new StringBuilder();
        for (int axis = 0; axis < term.labels().length(); axis++) {
            if (needed.indexOf(term.labels().charAt(axis)) < 0) {
                axes.add((long) axis);
            } else {
                kept.append(term.labels().charAt(axis));
            }
        }
        if (axes.isEmpty()) {
            return term;
        }
        long[] list = axes.stream().mapToLong(Long::longValue).toArray();
        String sum = plain.add("ReduceSum", List.of(term.value()), integers("axes", list), integer("keepdims", 0));
        return new Term(sum, kept.toString());
    }

    private Term product(Term left, Term right, String needed) throws FormatException {
        String shared = picked(left.labels(), right.labels(), true);
        String batch = picked(shared, needed, true);
        String inner = picked(shared, needed, false);
        String rows = picked(left.labels(), shared, false);
        String columns = picked(right.labels(), shared, false);
        Term first = ordered(left, batch + rows + inner);
        Term second = ordered(right, batch + inner + columns);
        String a = merged(first.value(), batch, batch.isEmpty() && !rows.isEmpty() ? rows : "", rows, inner);
        String b = merged(second.value(), batch, "", inner, columns);
        String matrices = plain.add("MatMul", List.of(a, b));
        String labels = batch + rows + columns;
        boolean keepsRows = batch.isEmpty() && !rows.isEmpty();
        if ((keepsRows || rows.length() == 1) && columns.length() == 1) {
            return new Term(matrices, labels);
        }
        return new Term(reshaped(matrices, labels, leading(batch, keepsRows ? rows : "")), labels);
    }

    /** Counts the axes in front that a change of shape leaves alone. */
    private static int leading(String batch, String rows) {
        return batch.length() + rows.length();
    }

    private static String picked(String labels, String others, boolean isIn) {
        StringBuilder picked = new StringBuilder();
        for (int i = 0; i < labels.length(); i++) {
            char label = labels.charAt(i);
            if ((others.indexOf(label) >= 0) == isIn) {
                picked.append(label);
            }
        }
        return picked.toString();
    }

    private Term ordered(Term term, String labels) throws FormatException {
        if (term.labels().equals(labels)) {
            return term;
        }
        long[] order = labels.chars().mapToLong(term.labels()::indexOf).toArray();
        return new Term(plain.add("Transpose", List.of(term.value()), integers("perm", order)), labels);
    }

    /** Makes one axis each of the rows, unless they stay as they are, and of the columns. */
    private String merged(String value, String batch, String kept, String rows, String columns) throws FormatException {
        boolean rowsStay = !kept.isEmpty() || rows.length() == 1;
        if (rowsStay && columns.length() == 1) {
            return value;
        }
        String front = batch + (rowsStay ? rows : "");
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < front.length(); i++) {
            shape.add(0L);
        }
        if (!rowsStay) {
            shape.add(size(rows));
        }
        shape.add(size(columns));
        return plain.add(
                "Reshape",
                List.of(
                        value,
                        plain.list(shape.stream().mapToLong(Long::longValue).toArray())));
    }

    private String reshaped(String value, String labels, int numKept) throws FormatException {
        long[] shape = new long[labels.length()];
        for (int i = numKept; i < shape.length; i++) {
            shape[i] = size(labels.substring(i, i + 1));
        }
        return plain.add("Reshape", List.of(value, plain.list(shape)));
    }

    private long size(String labels) {
        return labels.chars()
                .mapToLong(label -> extents.getOrDefault((char) label, 1))
                .reduce(1, Math::multiplyExact);
    }
}
