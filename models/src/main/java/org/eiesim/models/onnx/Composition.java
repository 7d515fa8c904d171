package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;

/**
 * The nodes that one ONNX node becomes where no single node of a network does the same. Values are those of the network,
 * by name; axes are those of their shapes. Steps that would change nothing add no node.
 */
final class Composition {
    private final OnnxNode source;
    private final GraphImport graph;

    Composition(OnnxNode source, GraphImport graph) {
        this.source = source;
        this.graph = graph;
    }

    int[] extents(String value) {
        return graph.shape(value).toArray();
    }

    int extent(String value, int axis) {
        return graph.shape(value).extent(axis);
    }

    int size(String value) {
        return graph.shape(value).size();
    }

    /** Takes a name for one of the nodes. */
    String name(String suffix) {
        return graph.part(source, suffix);
    }

    /** Adds a node. */
    String add(Node node) {
        return graph.append(node, Operand.NO_BATCH).value();
    }

    String reshape(String value, int... extents) {
        Shape shape = Shape.of(extents);
        return shape.equals(graph.shape(value)) ? value : add(new Node.Reshape(name("shape"), value, shape));
    }

    String transpose(String value, int... order) {
        boolean isIdentity = IntStream.range(0, order.length).allMatch(axis -> order[axis] == axis);
        List<Integer> axes = Arrays.stream(order).boxed().toList();
        return isIdentity ? value : add(new TensorNode.Transpose(name("order"), value, axes));
    }

    /** Takes elements of an axis; those that follow one another evenly are a slice. */
    String gather(String value, int axis, int[] indices) {
        int step = indices.length > 1 ? indices[1] - indices[0] : 1;
        boolean isEven =
                step > 0 && IntStream.range(0, indices.length).allMatch(i -> indices[i] == indices[0] + i * step);
        if (isEven) {
            return slice(value, axis, indices[0], indices.length, step);
        }
        List<Integer> list = Arrays.stream(indices).boxed().toList();
        return add(new TensorNode.Gather(name("gather"), value, axis, list));
    }

    String slice(String value, int axis, int start, int count, int step) {
        if (start == 0 && step == 1 && count == extent(value, axis)) {
            return value;
        }
        return add(new TensorNode.Slice(name("slice"), value, axis, start, count, step));
    }

    String concat(List<String> values, int axis) {
        return values.size() == 1 ? values.get(0) : add(new TensorNode.Concat(name("concat"), values, axis));
    }

    String constant(float[] values, int... extents) {
        return add(new TensorNode.Constant(name("constant"), new Tensor(Shape.of(extents), values)));
    }

    /** Returns a constant that could be one more element of a value along an axis. */
    String element(String value, int axis, float fill) {
        int[] extents = extents(value);
        extents[axis] = 1;
        float[] elements = new float[Shape.of(extents).size()];
        Arrays.fill(elements, fill);
        return constant(elements, extents);
    }

    /** Lays one element along an axis behind the others; gathers repeat it as often as it is needed. */
    String withElement(String value, int axis, float fill) {
        return concat(List.of(value, element(value, axis, fill)), axis);
    }

    String combine(ArithmeticOperator operator, String left, String right) {
        return add(new Node.Arithmetic(name("combined"), operator, left, right));
    }

    String combine(ArithmeticOperator operator, String left, float right) {
        return combine(operator, left, constant(new float[] {right}, 1));
    }

    String absolute(String value) {
        return combine(ArithmeticOperator.MAXIMUM, value, combine(ArithmeticOperator.MULTIPLY, value, -1));
    }

    String activate(String value, ActivationFunction function) {
        return add(new Node.Activation(name("function"), value, function));
    }

    /** Reduces axes, which stay with an extent of 1. */
    String reduce(ReductionOperator operator, String value, int... axes) {
        List<Integer> list = new ArrayList<>(Arrays.stream(axes).boxed().toList());
        return list.isEmpty() ? value : add(new TensorNode.Reduction(name("reduced"), value, operator, list, true));
    }
}
