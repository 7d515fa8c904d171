package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.Broadcast;
import org.eiesim.kernels.nn.Rearrangement;
import org.eiesim.models.network.Shape;

/** Computes nodes all of whose operands are constants: shape arithmetic, and weights that an exporter left unfolded. */
final class ConstantFolding {
    /** More elements than shape arithmetic has; indices up to here are exact in float. */
    private static final int MAX_INDEX = 1 << 24;

    private static final Map<String, Folder> FOLDERS = Map.ofEntries(
            Map.entry("Add", ConstantArithmetic.of(ArithmeticOperator.ADD, Long::sum)),
            Map.entry("Sub", ConstantArithmetic.of(ArithmeticOperator.SUBTRACT, (a, b) -> a - b)),
            Map.entry("Mul", ConstantArithmetic.of(ArithmeticOperator.MULTIPLY, (a, b) -> a * b)),
            Map.entry("Div", ConstantArithmetic.of(ArithmeticOperator.DIVIDE, (a, b) -> b == 0 ? 0 : a / b)),
            Map.entry("Max", ConstantArithmetic.of(ArithmeticOperator.MAXIMUM, Math::max)),
            Map.entry("Min", ConstantArithmetic.of(ArithmeticOperator.MINIMUM, Math::min)),
            Map.entry("Sum", ConstantArithmetic.of(ArithmeticOperator.ADD, Long::sum)),
            Map.entry("Pow", ConstantArithmetic.of(ArithmeticOperator.POWER, ConstantArithmetic::power)),
            Map.entry("Mod", ConstantArithmetic::mod),
            Map.entry("Equal", ConstantArithmetic.compared((a, b) -> a == b, (a, b) -> a == b)),
            Map.entry("Less", ConstantArithmetic.compared((a, b) -> a < b, (a, b) -> a < b)),
            Map.entry("LessOrEqual", ConstantArithmetic.compared((a, b) -> a <= b, (a, b) -> a <= b)),
            Map.entry("Greater", ConstantArithmetic.compared((a, b) -> a > b, (a, b) -> a > b)),
            Map.entry("GreaterOrEqual", ConstantArithmetic.compared((a, b) -> a >= b, (a, b) -> a >= b)),
            Map.entry("Abs", (node, name) -> ConstantArithmetic.mapped(name, node.constant(0), Math::abs, Math::abs)),
            Map.entry("Cast", CastOperator::ofConstant),
            Map.entry("Concat", ConstantFolding::concat),
            Map.entry("ConstantOfShape", ConstantFolding::constantOfShape),
            Map.entry("DequantizeLinear", QuantizedOperators::dequantizeConstant),
            Map.entry("Expand", ConstantFolding::expand),
            Map.entry("Gather", ConstantFolding::gather),
            Map.entry("Range", ConstantFolding::range),
            Map.entry("Reshape", ConstantFolding::reshape),
            Map.entry("Shape", ConstantFolding::shape),
            Map.entry("Slice", ConstantFolding::slice),
            Map.entry("Squeeze", ConstantFolding::squeeze),
            Map.entry(
                    "Sqrt",
                    (node, name) -> ConstantArithmetic.mapped(
                            name, node.constant(0), Math::sqrt, x -> (long) Math.sqrt((double) x))),
            Map.entry("Neg", (node, name) -> ConstantArithmetic.mapped(name, node.constant(0), x -> -x, x -> -x)),
            Map.entry("Transpose", ConstantFolding::transpose),
            Map.entry("Unsqueeze", ConstantFolding::unsqueeze),
            Map.entry("Where", ConstantFolding::where));

    private ConstantFolding() {}

    /** Computes the constant that a node yields. */
    interface Folder {
        ConstantTensor fold(OnnxNode node, String name) throws FormatException;
    }

    /** Returns the operators that are computed where all operands are constants, in alphabetical order. */
    static SortedSet<String> names() {
        return new TreeSet<>(FOLDERS.keySet());
    }

    /** Tells whether an operator can be computed on constants. */
    static boolean isFoldable(OnnxNode node) {
        return FOLDERS.containsKey(node.operator());
    }

    /** Computes a node where that needs nothing computed at run time; returns whether it did. */
    static boolean fold(OnnxNode node, GraphImport graph) throws FormatException {
        Folder folder = FOLDERS.get(node.operator());
        if (folder == null || node.numInputs() == 0) {
            return false;
        }
        for (int i = 0; i < node.numInputs(); i++) {
            boolean isConstant = !node.hasInput(i) || node.operand(i) instanceof ConstantTensor;
            if (!isConstant && !node.operator().equals("Shape")) {
                return false;
            }
        }
        graph.define(node, folder.fold(node, node.output()));
        return true;
    }

    /** Reorders or picks elements as a copy of floats does. */
    private static ConstantTensor rearranged(
            String name, ConstantTensor constant, int[] extents, UnaryOperator<float[]> copy) throws FormatException {
        if (constant.isFloating()) {
            return ConstantTensor.of(name, extents, copy.apply(constant.numbers()));
        }
        long[] values = constant.integers();
        if (values.length > MAX_INDEX) {
            throw new FormatException("tensor " + LayerNames.shorten(constant.name()), "has too many integers");
        }
        float[] positions = new float[values.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
        }
        float[] picked = copy.apply(positions);
        long[] rearranged = new long[picked.length];
        for (int i = 0; i < rearranged.length; i++) {
            rearranged[i] = values[(int) picked[i]];
        }
        return ConstantTensor.of(name, extents, rearranged);
    }

    private static ConstantTensor shape(OnnxNode node, String name) throws FormatException {
        node.requireInputs(1, 1);
        int[] extents = node.extents(0);
        int start = bound(node.integer("start", 0), extents.length);
        int end = bound(node.integer("end", extents.length), extents.length);
        long[] values = Arrays.stream(Arrays.copyOfRange(extents, start, Math.max(start, end)))
                .asLongStream()
                .toArray();
        return ConstantTensor.of(name, new int[] {values.length}, values);
    }

    /** Counts a bound of axes from the first one and moves it inside. */
    private static int bound(long axis, int rank) {
        return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
    }

    private static ConstantTensor concat(OnnxNode node, String name) throws FormatException {
        int[] extents = node.constant(0).extents();
        int axis = node.axis("axis", 0, extents.length);
        boolean isFloating = node.constant(0).isFloating();
        long total = 0;
        for (int i = 0; i < node.numInputs(); i++) {
            requireAlike(node, i, extents, axis);
            total += node.constant(i).extents()[axis];
        }
        extents[axis] = Math.toIntExact(total);
        int size = Shape.of(extents).size();
        node.reserve(size);
        if (!isFloating && extents.length == 1) {
            return ConstantTensor.of(name, extents, strung(node, size));
        }
        // Integers of several axes are moved by their positions, which float32 holds.
        float[] all = new float[size];
        int start = 0;
        int first = 0;
        for (int i = 0; i < node.numInputs(); i++) {
            ConstantTensor part = node.constant(i);
            float[] values = isFloating
                    ? part.numbers()
                    : counted(first, Shape.of(part.extents()).size());
            Rearrangement.place(values, part.extents(), axis, all, extents[axis], start);
            start += part.extents()[axis];
            first += values.length;
        }
        if (isFloating) {
            return ConstantTensor.of(name, extents, all);
        }
        long[] strung = strung(node, size);
        long[] moved = new long[size];
        for (int i = 0; i < size; i++) {
            moved[i] = strung[(int) all[i]];
        }
        return ConstantTensor.of(name, extents, moved);
    }

    private static void requireAlike(OnnxNode node, int input, int[] extents, int axis) throws FormatException {
        int[] own = node.constant(input).extents();
        boolean isAlike = own.length == extents.length
                && node.constant(input).isFloating() == node.constant(0).isFloating();
        for (int i = 0; isAlike && i < own.length; i++) {
            isAlike = i == axis || own[i] == extents[i];
        }
        if (!isAlike) {
            throw node.error("input " + input + " (from 0) is not like the first one beside axis " + axis);
        }
    }

    private static float[] counted(int first, int count) throws FormatException {
        if ((long) first + count > MAX_INDEX) {
            throw new FormatException("tensor", "has too many integers");
        }
        float[] positions = new float[count];
        for (int i = 0; i < count; i++) {
            positions[i] = first + i;
        }
        return positions;
    }

    private static long[] strung(OnnxNode node, int size) throws FormatException {
        long[] all = new long[size];
        int start = 0;
        for (int i = 0; i < node.numInputs(); i++) {
            long[] part = node.constant(i).integers();
            System.arraycopy(part, 0, all, start, part.length);
            start += part.length;
        }
        return all;
    }

    private static ConstantTensor constantOfShape(OnnxNode node, String name) throws FormatException {
        int[] extents = extents(node, node.constant(0).integers());
        int size = Shape.of(extents).size();
        node.reserve(size);
        var value = node.tensor("value");
        if (value == null) {
            return ConstantTensor.of(name, extents, new float[size]);
        }
        ConstantTensor element = new ConstantTensor(name, value);
        if (element.shape().size() != 1) {
            throw node.error("its value must be one element");
        }
        if (element.isFloating()) {
            float[] values = new float[size];
            Arrays.fill(values, element.numbers()[0]);
            return ConstantTensor.of(name, extents, values);
        }
        long[] values = new long[size];
        Arrays.fill(values, element.integers()[0]);
        return ConstantTensor.of(name, extents, values);
    }

    private static int[] extents(OnnxNode node, long[] shape) throws FormatException {
        int[] extents = new int[shape.length];
        for (int axis = 0; axis < extents.length; axis++) {
            if (shape[axis] < 0 || shape[axis] > MAX_INDEX) {
                throw node.error("shape " + Arrays.toString(shape) + " is not supported");
            }
            extents[axis] = (int) shape[axis];
        }
        if (Shape.of(extents).size() > MAX_INDEX) {
            throw node.error("shape " + Arrays.toString(shape) + " has too many elements");
        }
        return extents;
    }

    private static ConstantTensor expand(OnnxNode node, String name) throws FormatException {
        ConstantTensor constant = node.constant(0);
        int[] extents = Broadcast.extents(
                constant.extents(), extents(node, node.constant(1).integers()));
        node.reserve(Shape.of(extents).size());
        int[] positions = Broadcast.positions(constant.extents(), extents);
        return rearranged(name, constant, extents, values -> {
            float[] expanded = new float[positions.length];
            for (int i = 0; i < expanded.length; i++) {
                expanded[i] = values[positions[i]];
            }
            return expanded;
        });
    }

    private static ConstantTensor gather(OnnxNode node, String name) throws FormatException {
        ConstantTensor data = node.constant(0);
        int[] extents = data.extents();
        int axis = node.axis("axis", 0, extents.length);
        long[] indices = node.constant(1).integers();
        int[] indexExtents = node.constant(1).extents();
        int[] result = GatherOperator.extents(extents, axis, indexExtents);
        int[] stacked = extents.clone();
        stacked[axis] = indices.length;
        node.reserve(Shape.of(result).size());
        return rearranged(name, data, result, values -> {
            float[] gathered = new float[Shape.of(stacked).size()];
            for (int i = 0; i < indices.length; i++) {
                int index = GatherOperator.index(indices[i], extents[axis]);
                int[] one = extents.clone();
                one[axis] = 1;
                float[] slice = new float[Shape.of(one).size()];
                Rearrangement.slice(values, extents, axis, index, 1, 1, slice);
                Rearrangement.place(slice, one, axis, gathered, indices.length, i);
            }
            return gathered;
        });
    }

    private static ConstantTensor range(OnnxNode node, String name) throws FormatException {
        node.requireInputs(3, 3);
        double start = node.single(0).doubles()[0];
        double delta = node.single(2).doubles()[0];
        double count = Math.max(0, Math.ceil((node.single(1).doubles()[0] - start) / delta));
        if (!(count <= MAX_INDEX)) {
            throw node.error("its range has too many elements");
        }
        node.reserve((long) count);
        int[] extents = {(int) count};
        if (!node.constant(0).isFloating()) {
            long first = node.constant(0).integers()[0];
            long step = node.constant(2).integers()[0];
            return ConstantTensor.of(
                    name,
                    extents,
                    LongStream.range(0, (long) count).map(i -> first + i * step).toArray());
        }
        float[] values = new float[extents[0]];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) start + i * (float) delta;
        }
        return ConstantTensor.of(name, extents, values);
    }

    private static ConstantTensor reshape(OnnxNode node, String name) throws FormatException {
        ConstantTensor constant = node.constant(0);
        boolean zeroCopies = node.integer("allowzero", 0) == 0;
        int[] extents =
                ShapeOperators.target(node, constant.extents(), node.constant(1).integers(), zeroCopies);
        return rearranged(name, constant, extents, values -> values);
    }

    private static ConstantTensor squeeze(OnnxNode node, String name) throws FormatException {
        ConstantTensor constant = node.constant(0);
        int[] extents = ShapeOperators.squeezed(node, constant.extents());
        return rearranged(name, constant, extents, values -> values);
    }

    private static ConstantTensor unsqueeze(OnnxNode node, String name) throws FormatException {
        ConstantTensor constant = node.constant(0);
        int[] extents = ShapeOperators.unsqueezed(node, constant.extents());
        return rearranged(name, constant, extents, values -> values);
    }

    private static ConstantTensor slice(OnnxNode node, String name) throws FormatException {
        ConstantTensor constant = node.constant(0);
        for (SliceOperators.Part part : SliceOperators.parts(node, constant.extents())) {
            int[] extents = constant.extents();
            int[] rest = extents.clone();
            rest[part.axis()] = part.count();
            if (part.count() == 0) {
                return ConstantTensor.of(name, rest, new long[0]);
            }
            constant = rearranged(name, constant, rest, values -> {
                float[] slice = new float[Shape.of(rest).size()];
                Rearrangement.slice(values, extents, part.axis(), part.start(), part.count(), part.step(), slice);
                return slice;
            });
        }
        return constant;
    }

    private static ConstantTensor transpose(OnnxNode node, String name) throws FormatException {
        ConstantTensor constant = node.constant(0);
        int[] extents = constant.extents();
        int[] permutation = ShapeOperators.permutation(node, extents.length);
        int[] result = new int[extents.length];
        for (int axis = 0; axis < result.length; axis++) {
            result[axis] = extents[permutation[axis]];
        }
        return rearranged(name, constant, result, values -> {
            float[] transposed = new float[values.length];
            Rearrangement.transpose(values, extents, permutation, transposed);
            return transposed;
        });
    }

    private static ConstantTensor where(OnnxNode node, String name) throws FormatException {
        long[] condition = node.constant(0).integers();
        ConstantTensor yes = node.constant(1);
        ConstantTensor no = node.constant(2);
        int[] extents = Broadcast.extents(Broadcast.extents(node.constant(0).extents(), yes.extents()), no.extents());
        node.reserve(Shape.of(extents).size());
        int[] conditions = Broadcast.positions(node.constant(0).extents(), extents);
        int[] fromYes = Broadcast.positions(yes.extents(), extents);
        int[] fromNo = Broadcast.positions(no.extents(), extents);
        if (yes.isFloating()) {
            float[] values = new float[conditions.length];
            float[] a = yes.numbers();
            float[] b = no.numbers();
            for (int i = 0; i < values.length; i++) {
                values[i] = condition[conditions[i]] != 0 ? a[fromYes[i]] : b[fromNo[i]];
            }
            return ConstantTensor.of(name, extents, values);
        }
        long[] values = new long[conditions.length];
        long[] a = yes.integers();
        long[] b = no.integers();
        for (int i = 0; i < values.length; i++) {
            values[i] = condition[conditions[i]] != 0 ? a[fromYes[i]] : b[fromNo[i]];
        }
        return ConstantTensor.of(name, extents, values);
    }
}
