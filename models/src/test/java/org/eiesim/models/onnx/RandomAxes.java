package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A random chain of operators that work on axes, over an input whose extents are different primes. */
final class RandomAxes {
    private static final int[] PRIMES = {2, 3, 5, 7};

    private final Random random;
    private final List<String> steps = new ArrayList<>();
    private int[] extents = {};
    private String value = "x";
    private int numNames;

    RandomAxes(long seed) {
        random = new Random(seed);
    }

    void compose(OnnxModels model, Map<String, OnnxRuntime.Feed> feeds) {
        List<Integer> primes = new ArrayList<>(Arrays.stream(PRIMES).boxed().toList());
        Collections.shuffle(primes, random);
        extents = primes.stream()
                .limit(2 + random.nextInt(2))
                .mapToInt(Integer::intValue)
                .toArray();
        model.graph.addInput(OnnxModels.valueInfo("x", DataType.FLOAT_VALUE, extents));
        long[] full = Arrays.stream(extents).asLongStream().toArray();
        feeds.put("x", new OnnxRuntime.Feed(full, values(size()), false));
        steps.add(Arrays.toString(extents));
        int numSteps = 1 + random.nextInt(5);
        for (int i = 0; i < numSteps; i++) {
            step(model);
            steps.add(Arrays.toString(extents));
        }
        model.node("Identity", "", List.of(value), "y");
    }

    @Override
    public String toString() {
        return String.join(" ", steps);
    }

    private int size() {
        return Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    }

    private float[] values(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private String next() {
        return "v" + numNames++;
    }

    private String list(OnnxModels model, long... values) {
        String name = next();
        model.int64s(name, values);
        return name;
    }

    private String constant(OnnxModels model, int... shape) {
        String name = next();
        model.floats(
                name,
                values(Arrays.stream(shape).reduce(1, (a, b) -> a * b)),
                Arrays.stream(shape).asLongStream().toArray());
        return name;
    }

    private void apply(
            OnnxModels model,
            String operator,
            List<String> inputs,
            int[] result,
            ai.onnx.proto.OnnxMl.AttributeProto... attributes) {
        String output = next();
        model.node(operator, "", inputs, output, attributes);
        steps.add(operator);
        value = output;
        extents = result;
    }

    private void step(OnnxModels model) {
        int rank = extents.length;
        int axis = rank == 0 ? 0 : random.nextInt(rank);
        int kind = rank == 0 ? 0 : random.nextInt(14);
        switch (kind) {
            case 1 -> transpose(model);
            case 2 -> reshape(model);
            case 3 -> apply(model, "Softmax", List.of(value), extents, integer("axis", axis));
            case 4 -> reduce(model, axis);
            case 5 -> {
                int[] result = extents.clone();
                result[axis] *= 2;
                apply(model, "Concat", List.of(value, value), result, integer("axis", axis));
            }
            case 6 -> {
                int[] result = extents.clone();
                result[axis] = 1;
                List<String> inputs =
                        List.of(value, list(model, -1), list(model, Integer.MAX_VALUE), list(model, axis));
                apply(model, "Slice", inputs, result);
            }
            case 7 -> gather(model, axis);
            case 8 -> unsqueeze(model);
            case 9 -> broadcast(model);
            case 10 -> multiply(model);
            case 11 -> multiplyBySelf(model);
            case 12 -> {
                int[] result = {1, 1};
                for (int i = 0; i < rank; i++) {
                    result[i < axis ? 0 : 1] *= extents[i];
                }
                apply(model, "Flatten", List.of(value), result, integer("axis", axis));
            }
            case 13 -> {
                int[] result = IntStream.concat(IntStream.of(2), Arrays.stream(extents))
                        .toArray();
                String shape = list(model, Arrays.stream(result).asLongStream().toArray());
                apply(model, "Expand", List.of(value, shape), result);
            }
            default -> apply(model, "Tanh", List.of(value), extents);
        }
    }

    private void transpose(OnnxModels model) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, extents.length).boxed().toList());
        Collections.shuffle(order, random);
        int[] from = extents;
        apply(
                model,
                "Transpose",
                List.of(value),
                order.stream().mapToInt(axis -> from[axis]).toArray(),
                integers("perm", order.stream().mapToLong(Integer::longValue).toArray()));
    }

    /** Splits the number of elements anew, at random places between its prime factors. */
    private void reshape(OnnxModels model) {
        List<Integer> result = new ArrayList<>();
        int open = 1;
        for (int extent : extents) {
            open *= extent;
            if (random.nextBoolean()) {
                result.add(open);
                open = 1;
            }
        }
        result.add(open);
        if (random.nextInt(3) == 0) {
            Collections.shuffle(result, random);
        }
        long[] shape = result.stream().mapToLong(Integer::longValue).toArray();
        apply(
                model,
                "Reshape",
                List.of(value, list(model, shape)),
                result.stream().mapToInt(Integer::intValue).toArray());
    }

    private void reduce(OnnxModels model, int axis) {
        boolean keep = random.nextBoolean();
        int[] result = extents.clone();
        result[axis] = 1;
        apply(
                model,
                "ReduceMean",
                List.of(value),
                keep ? result : Operand.without(result, axis),
                integers("axes", axis),
                integer("keepdims", keep ? 1 : 0));
    }

    private void gather(OnnxModels model, int axis) {
        int[] result = extents.clone();
        result[axis] = 2;
        apply(model, "Gather", List.of(value, list(model, extents[axis] - 1L, 0)), result, integer("axis", axis));
    }

    private void unsqueeze(OnnxModels model) {
        int at = random.nextInt(extents.length + 1);
        int[] result = new int[extents.length + 1];
        for (int i = 0; i < result.length; i++) {
            result[i] = i == at ? 1 : extents[i < at ? i : i - 1];
        }
        apply(model, "Unsqueeze", List.of(value, list(model, at)), result);
    }

    private void broadcast(OnnxModels model) {
        int[] shape = Arrays.copyOfRange(extents, random.nextInt(extents.length), extents.length);
        for (int i = 0; i < shape.length; i++) {
            shape[i] = random.nextBoolean() ? 1 : shape[i];
        }
        apply(model, random.nextBoolean() ? "Add" : "Mul", List.of(constant(model, shape), value), extents);
    }

    private void multiply(OnnxModels model) {
        int rank = extents.length;
        int[] result = extents.clone();
        if (rank < 2 || random.nextBoolean()) {
            result[rank - 1] = 4;
            apply(model, "MatMul", List.of(value, constant(model, extents[rank - 1], 4)), result);
        } else if (rank > 2 && random.nextBoolean()) {
            result[rank - 1] = 3;
            String stack = constant(model, extents[rank - 3], extents[rank - 1], 3);
            apply(model, "MatMul", List.of(value, stack), result);
        } else {
            result[rank - 2] = 4;
            apply(model, "MatMul", List.of(constant(model, 4, extents[rank - 2]), value), result);
        }
    }

    private void multiplyBySelf(OnnxModels model) {
        int rank = extents.length;
        if (rank < 2) {
            return;
        }
        String before = value;
        int[] order = IntStream.range(0, rank).toArray();
        order[rank - 1] = rank - 2;
        order[rank - 2] = rank - 1;
        int[] swapped = Arrays.stream(order).map(axis -> extents[axis]).toArray();
        int[] result = extents.clone();
        result[rank - 1] = result[rank - 2];
        apply(
                model,
                "Transpose",
                List.of(value),
                swapped,
                integers("perm", Arrays.stream(order).asLongStream().toArray()));
        apply(model, "MatMul", List.of(before, value), result);
    }
}
