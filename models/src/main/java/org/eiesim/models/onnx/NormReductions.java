package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;

/** Reductions that are made of a function of each element, a plain reduction, and a function of what that yields. */
final class NormReductions {
    private NormReductions() {}

    /** Imports ReduceL1: the sum of magnitudes. */
    static void l1(OnnxNode node, GraphImport graph) throws FormatException {
        PlainNodes plain = new PlainNodes(node, graph);
        plain.end("ReduceSum", List.of(plain.add("Abs", List.of(node.inputName(0)))), attributes(node));
    }

    /** Imports ReduceL2: the root of the sum of squares. */
    static void l2(OnnxNode node, GraphImport graph) throws FormatException {
        PlainNodes plain = new PlainNodes(node, graph);
        plain.end("Sqrt", List.of(plain.add("ReduceSum", List.of(squares(node, plain)), attributes(node))));
    }

    /** Imports ReduceSumSquare. */
    static void sumSquare(OnnxNode node, GraphImport graph) throws FormatException {
        PlainNodes plain = new PlainNodes(node, graph);
        plain.end("ReduceSum", List.of(squares(node, plain)), attributes(node));
    }

    /** Imports ReduceLogSum. */
    static void logSum(OnnxNode node, GraphImport graph) throws FormatException {
        PlainNodes plain = new PlainNodes(node, graph);
        plain.end("Log", List.of(plain.add("ReduceSum", List.of(node.inputName(0)), attributes(node))));
    }

    /** Imports ReduceLogSumExp: {@code m + log(sum(exp(x - m)))} with the largest value {@code m}. */
    static void logSumExp(OnnxNode node, GraphImport graph) throws FormatException {
        PlainNodes plain = new PlainNodes(node, graph);
        List<String> x = List.of(node.inputName(0));
        AttributeProto[] attributes = attributes(node);
        AttributeProto[] kept = attributes.clone();
        kept[0] = integer("keepdims", 1);
        // Where the largest is infinite, nothing is taken off: infinite values have no difference.
        String difference = plain.add("Sub", List.of(x.get(0), finite(plain, plain.add("ReduceMax", x, kept))));
        String exponentials = plain.add("Exp", List.of(difference));
        String log = plain.add("Log", List.of(plain.add("ReduceSum", List.of(exponentials), attributes)));
        plain.end("Add", List.of(log, finite(plain, plain.add("ReduceMax", x, attributes))));
    }

    private static String finite(PlainNodes plain, String value) throws FormatException {
        String isFinite =
                plain.add("Less", List.of(plain.add("Abs", List.of(value)), plain.number(Float.POSITIVE_INFINITY)));
        return plain.add("Where", List.of(isFinite, value, plain.number(0f)));
    }

    private static String squares(OnnxNode node, PlainNodes plain) throws FormatException {
        return plain.add("Mul", List.of(node.inputName(0), node.inputName(0)));
    }

    /** Returns the attributes of the plain reduction, the first of which says whether axes stay. */
    private static AttributeProto[] attributes(OnnxNode node) throws FormatException {
        node.requireInputs(1, 2);
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(integer("keepdims", node.integer("keepdims", 1)));
        long[] axes = node.integers("axes", 1);
        if (axes != null && axes.length > 0) {
            attributes.add(integers("axes", axes));
        } else if (node.integer("noop_with_empty_axes", 0) != 0) {
            throw node.unsupported("noop_with_empty_axes", 1);
        }
        node.ignore("noop_with_empty_axes");
        return attributes.toArray(new AttributeProto[0]);
    }
}
