package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;

/** Tile with constant repeats: along each axis the value after itself. */
final class TileOperator {
    private TileOperator() {}

    /** Imports Tile. */
    static void tile(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        int[] extents = PlainNodes.extents(node, 0);
        long[] repeats = node.constant(1).integers();
        if (repeats.length != extents.length) {
            throw node.error("it has " + repeats.length + " repeats for a value of " + extents.length + " axes");
        }
        PlainNodes plain = new PlainNodes(node, graph);
        String value = node.inputName(0);
        long size = 1;
        for (int extent : extents) {
            size *= extent;
        }
        for (int axis = 0; axis < repeats.length; axis++) {
            if (repeats[axis] < 1 || repeats[axis] > Integer.MAX_VALUE / size) {
                throw node.error("it repeats axis " + axis + " " + repeats[axis] + " times, which is not supported");
            }
            size *= repeats[axis];
            node.reserve(repeats[axis] > 1 ? size : 0);
            value = repeated(plain, value, axis, (int) repeats[axis]);
        }
        plain.end("Identity", List.of(value));
    }

    /** Doubles as often as it can, so that many repeats take few nodes. */
    private static String repeated(PlainNodes plain, String value, int axis, int times) throws FormatException {
        List<String> parts = new ArrayList<>();
        String power = value;
        for (int rest = times; rest > 0; rest /= 2) {
            if (rest % 2 == 1) {
                parts.add(power);
            }
            if (rest > 1) {
                power = plain.add("Concat", Collections.nCopies(2, power), integer("axis", axis));
            }
        }
        return parts.size() == 1 ? parts.get(0) : plain.add("Concat", parts, integer("axis", axis));
    }
}
