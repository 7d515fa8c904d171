package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;
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
            Map.entry("Add", arithmetic(ArithmeticOperator.ADD, Long::sum)),
            Map.entry("Sub", arithmetic(ArithmeticOperator.SUBTRACT, (a, b) -> a - b)),
            Map.entry("Mul", arithmetic(ArithmeticOperator.MULTIPLY, (a, b) -> a * b)),
            Map.entry("Div", arithmetic(ArithmeticOperator.DIVIDE, (a, b) -> b == 0 ? 0 : a / b)),
            Map.entry("Max", arithmetic(ArithmeticOperator.MAXIMUM, Math::max)),
            Map.entry("Min", arithmetic(ArithmeticOperator.MINIMUM, Math::min)),
            Map.entry("Pow", arithmetic(ArithmeticOperator.POWER, ConstantFolding::power)),
            Map.entry("Equal", arithmetic(ArithmeticOperator.SUBTRACT, (a, b) -> a == b ? 1 : 0)),
            Map.entry("Cast", ConstantFolding::cast),
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
            Map.entry("Sqrt", (node, name) -> mapped(name, node.constant(0), Math::sqrt)),
            Map.entry("Neg", (node, name) -> mapped(name, node.constant(0), x -> -x)),
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

    private static Folder arithmetic(ArithmeticOperator operator, LongBinaryOperator onIntegers) {
        return (node, name) -> {
            node.requireInputs(2, 2);
            ConstantTensor left = node.constant(0);
            ConstantTensor right = node.constant(1);
            int[] extents = Broadcast.extents(left.extents(), right.extents());
            int size = Shape.of(extents).size();
            if (left.isFloating() && !node.operator().equals("Equal")) {
                float[] values = new float[size];
                Broadcast.apply(operator, left.floats(), left.extents(), right.numbers(), right.extents(), values);
                return ConstantTensor.of(name, extents, values);
            }
            long[] a = left.integers();
            long[] b = right.integers();
            int[] leftPositions = Broadcast.positions(left.extents(), extents);
            int[] rightPositions = Broadcast.positions(right.extents(), extents);
            long[] values = new long[size];
            for (int i = 0; i < size; i++) {
                values[i] = onIntegers.applyAsLong(a[leftPositions[i]], b[rightPositions[i]]);
            }
            return ConstantTensor.of(name, extents, values);
        };
    }

    private static long power(long base, long exponent) {
        return (long) StrictMath.pow((double) base, (double) exponent);
    }

    private interface Function {
        double apply(double x);
    }

    private static ConstantTensor mapped(String name, ConstantTensor constant, Function function)
            throws FormatException {
        if (!constant.isFloating()) {
            long[] values = constant.integers();
            for (int i = 0; i < values.length; i++) {
                values[i] = (long) function.apply((double) values[i]);
            }
            return ConstantTensor.of(name, constant.extents(), values);
        }
        float[] values = constant.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) function.apply(values[i]);
        }
        return ConstantTensor.of(name, constant.extents(), values);
    }

    /** Reorders or picks elements as a copy of floats does. */
    private static ConstantTensor rearranged(
            String name, ConstantTensor constant, int[] extents, UnaryOperator<float[]> copy) throws FormatException {
        if (constant.isFloating()) {
            return ConstantTensor.of(name, extents, copy.apply(constant.floats()));
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

    private static ConstantTensor cast(OnnxNode node, String name) throws FormatException {
        ConstantTensor constant = node.constant(0);
        node.ignore("saturate");
        if (CastOperator.isFloating(node)) {
            return ConstantTensor.of(name, constant.extents(), constant.numbers());
        }
        if (!constant.isFloating()) {
            return ConstantTensor.of(name, constant.extents(), constant.integers());
        }
        float[] values = constant.floats();
        long[] integers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = (long) values[i];
        }
        return ConstantTensor.of(name, constant.extents(), integers);
    }

    private static ConstantTensor concat(OnnxNode node, String name) throws FormatException {
        int[] extents = node.constant(0).extents();
        int axis = node.axis("axis", 0, extents.length);
        boolean isFloating = node.constant(0).isFloating();
        if (!isFloating && extents.length != 1) {
            throw node.error("integers can only be concatenated from lists");
        }
        if (isFloating) {
            return concatFloats(node, name, axis);
        }
        long[] all = new long[0];
        for (int i = 0; i < node.numInputs(); i++) {
            long[] part = node.constant(i).integers();
            all = Arrays.copyOf(all, all.length + part.length);
            System.arraycopy(part, 0, all, all.length - part.length, part.length);
        }
        return ConstantTensor.of(name, new int[] {all.length}, all);
    }

    private static ConstantTensor concatFloats(OnnxNode node, String name, int axis) throws FormatException {
        int[] extents = node.constant(0).extents();
        extents[axis] = 0;
        for (int i = 0; i < node.numInputs(); i++) {
            extents[axis] += node.constant(i).extents()[axis];
        }
        float[] all = new float[Shape.of(extents).size()];
        int start = 0;
        for (int i = 0; i < node.numInputs(); i++) {
            ConstantTensor part = node.constant(i);
            Rearrangement.place(part.floats(), part.extents(), axis, all, extents[axis], start);
            start += part.extents()[axis];
        }
        return ConstantTensor.of(name, extents, all);
    }

    private static ConstantTensor constantOfShape(OnnxNode node, String name) throws FormatException {
        int[] extents = extents(node, node.constant(0).integers());
        int size = Shape.of(extents).size();
        var value = node.tensor("value");
        if (value == null) {
            return ConstantTensor.of(name, extents, new float[size]);
        }
        ConstantTensor element = new ConstantTensor(name, value);
        if (element.isFloating()) {
            float[] values = new float[size];
            Arrays.fill(values, element.floats()[0]);
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
        float[] start = node.constant(0).numbers();
        float[] limit = node.constant(1).numbers();
        float[] delta = node.constant(2).numbers();
        double count = Math.max(0, Math.ceil(((double) limit[0] - start[0]) / delta[0]));
        if (!(count <= MAX_INDEX)) {
            throw node.error("its range has too many elements");
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = start[0] + i * delta[0];
        }
        ConstantTensor floats = ConstantTensor.of(name, new int[] {values.length}, values);
        return node.constant(0).isFloating() ? floats : truncated(floats);
    }

    private static ConstantTensor truncated(ConstantTensor floats) throws FormatException {
        float[] values = floats.floats();
        long[] integers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = (long) values[i];
        }
        return ConstantTensor.of(floats.name(), floats.extents(), integers);
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
        int[] conditions = Broadcast.positions(node.constant(0).extents(), extents);
        int[] fromYes = Broadcast.positions(yes.extents(), extents);
        int[] fromNo = Broadcast.positions(no.extents(), extents);
        if (yes.isFloating()) {
            float[] values = new float[conditions.length];
            float[] a = yes.floats();
            float[] b = no.floats();
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
