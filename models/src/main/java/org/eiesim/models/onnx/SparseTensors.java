package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;

/** Sparse tensors, made dense: values, the places of these, and an extent per axis. */
final class SparseTensors {
    /** More than any weight has that somebody stores sparse; a few bytes must not fill the memory. */
    private static final int MAX_ELEMENTS = 1 << 25;

    private SparseTensors() {}

    /** Puts dense tensors in the place of sparse initialisers and of sparse values of Constant. */
    static GraphProto densify(GraphProto graph) throws FormatException {
        GraphProto changed = GraphRewriting.nodes(graph, node -> List.of(withoutSparseValue(node)));
        return withoutSparseInitializers(changed);
    }

    private static GraphProto withoutSparseInitializers(GraphProto graph) throws FormatException {
        GraphProto.Builder changed = graph.toBuilder().clearSparseInitializer();
        for (SparseTensorProto sparse : graph.getSparseInitializerList()) {
            changed.addInitializer(dense(sparse));
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            changed.setNode(i, GraphRewriting.bodies(graph.getNode(i), SparseTensors::withoutSparseInitializers));
        }
        return changed.build();
    }

    private static NodeProto withoutSparseValue(NodeProto node) throws FormatException {
        NodeProto.Builder changed = node.toBuilder();
        for (int i = 0; i < node.getAttributeCount(); i++) {
            AttributeProto attribute = node.getAttribute(i);
            if (attribute.getName().equals("sparse_value") && attribute.hasSparseTensor()) {
                changed.setAttribute(
                        i,
                        AttributeProto.newBuilder()
                                .setName("value")
                                .setType(AttributeProto.AttributeType.TENSOR)
                                .setT(dense(attribute.getSparseTensor())));
            }
        }
        return changed.build();
    }

    private static TensorProto dense(SparseTensorProto sparse) throws FormatException {
        String name = sparse.getValues().getName();
        int[] extents = extents(sparse);
        int size = 1;
        for (int extent : extents) {
            size = Math.multiplyExact(size, extent);
        }
        ConstantTensor values = new ConstantTensor(name, sparse.getValues());
        int[] positions = positions(sparse, extents);
        ConstantTensor dense;
        if (values.isFloating()) {
            float[] from = positions.length == 0 ? new float[0] : values.floats();
            requireCount(name, from.length, positions);
            float[] to = new float[size];
            for (int i = 0; i < from.length; i++) {
                to[positions[i]] = from[i];
            }
            dense = ConstantTensor.of(name, extents, to);
        } else {
            long[] from = positions.length == 0 ? new long[0] : values.integers();
            requireCount(name, from.length, positions);
            long[] to = new long[size];
            for (int i = 0; i < from.length; i++) {
                to[positions[i]] = from[i];
            }
            dense = ConstantTensor.of(name, extents, to);
        }
        return dense.proto().toBuilder().setName(name).build();
    }

    private static void requireCount(String name, int numValues, int[] positions) throws FormatException {
        if (numValues != positions.length) {
            throw error(name, "has " + numValues + " values, but places of " + positions.length);
        }
    }

    private static int[] extents(SparseTensorProto sparse) throws FormatException {
        int[] extents = new int[sparse.getDimsCount()];
        long size = 1;
        for (int axis = 0; axis < extents.length; axis++) {
            long extent = sparse.getDims(axis);
            size = extent < 1 || extent > MAX_ELEMENTS ? MAX_ELEMENTS + 1L : size * extent;
            if (size > MAX_ELEMENTS) {
                throw error(
                        sparse.getValues().getName(),
                        "is sparse, of shape " + sparse.getDimsList() + "; 1.." + MAX_ELEMENTS
                                + " elements are supported");
            }
            extents[axis] = (int) extent;
        }
        return extents;
    }

    /** Returns where the values go: places are one number each, or one per axis. */
    private static int[] positions(SparseTensorProto sparse, int[] extents) throws FormatException {
        String name = sparse.getValues().getName();
        if (sparse.getIndices().getDimsList().contains(0L)) {
            return new int[0];
        }
        ConstantTensor indices = new ConstantTensor(name, sparse.getIndices());
        long[] numbers = indices.integers();
        boolean perAxis = indices.extents().length == 2;
        int width = perAxis ? extents.length : 1;
        if (indices.extents().length > 2 || (perAxis && indices.extents()[1] != width)) {
            throw error(
                    name, "has places of " + sparse.getIndices().getDimsList() + " for " + extents.length + " axes");
        }
        int size = 1;
        for (int extent : extents) {
            size *= extent;
        }
        int[] positions = new int[numbers.length / Math.max(1, width)];
        for (int i = 0; i < positions.length; i++) {
            long position = 0;
            for (int axis = 0; axis < width; axis++) {
                long index = numbers[i * width + axis];
                long end = perAxis ? extents[axis] : size;
                if (index < 0 || index >= end) {
                    throw error(name, "has a value at place " + index + " of " + end);
                }
                position = position * (perAxis ? extents[axis] : 1) + index;
            }
            positions[i] = (int) position;
        }
        return positions;
    }

    private static FormatException error(String name, String reason) {
        return new FormatException("tensor " + LayerNames.shorten(name), reason);
    }
}
