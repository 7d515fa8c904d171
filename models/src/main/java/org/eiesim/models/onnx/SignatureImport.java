package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Signature;
import org.jspecify.annotations.Nullable;

/** Gathers what a graph says of its inputs and outputs, so that the network can be written as it was. */
final class SignatureImport {
    private final List<Signature.Value> inputs = new ArrayList<>();
    private final List<Signature.Value> outputs = new ArrayList<>();

    /** Notes an input. */
    void addInput(ValueInfoProto proto, DeclaredInput declared) {
        int[] sample = declared.sampleShape().toArray();
        int batchAxis = declared.batchAxis();
        List<Signature.Axis> axes = new ArrayList<>();
        for (int extent : sample) {
            axes.add(new Signature.Axis(extent, ""));
        }
        if (batchAxis != Operand.NO_BATCH) {
            axes.add(batchAxis, axis(proto, batchAxis, declared.batchExtent()));
        }
        inputs.add(new Signature.Value(proto.getName(), type(proto), axes, batchAxis, Operand.NO_BATCH));
    }

    /** Notes an output that is computed. */
    void addOutput(ValueInfoProto proto, Operand.Computed value, Batches batches) throws FormatException {
        if (value.onnxRank() > Signature.MAX_RANK) {
            throw new FormatException(
                    "output " + LayerNames.shorten(proto.getName()),
                    "it has " + value.onnxRank() + " axes, more than " + Signature.MAX_RANK);
        }
        boolean isOpen = batches.isCut(value.value()) && batches.extent(value.value()) == Batches.OPEN;
        int mergedAxis = value.batchAxis() == Operand.NO_BATCH ? batches.mergedAxis(value.value()) : Operand.NO_BATCH;
        int batchAxis = value.batchAxis() == Operand.NO_BATCH ? mergedAxis : value.batchAxis();
        int[] extents = value.onnxExtents();
        List<Signature.Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < extents.length; axis++) {
            axes.add(
                    axis != batchAxis
                            ? new Signature.Axis(extents[axis], "")
                            : axis(
                                    proto,
                                    axis,
                                    isOpen ? 0 : Math.multiplyExact(extents[axis], batches.extent(value.value()))));
        }
        outputs.add(new Signature.Value(proto.getName(), type(proto), axes, value.batchAxis(), mergedAxis));
    }

    /** Notes an output that is constant. */
    void addOutput(ValueInfoProto proto, ConstantTensor constant) throws FormatException {
        List<Signature.Axis> axes = new ArrayList<>();
        for (int extent : constant.shape().toArray()) {
            axes.add(new Signature.Axis(extent, ""));
        }
        outputs.add(new Signature.Value(proto.getName(), type(proto), axes, Operand.NO_BATCH, Operand.NO_BATCH));
    }

    private static Signature.Axis axis(ValueInfoProto proto, int axis, int extent) {
        TensorShapeProto shape = proto.getType().getTensorType().getShape();
        String name = axis < shape.getDimCount() ? shape.getDim(axis).getDimParam() : "";
        return new Signature.Axis(extent, extent == 0 ? name : "");
    }

    private static int type(ValueInfoProto proto) {
        DataType type = DataType.forNumber(proto.getType().getTensorType().getElemType());
        return type == null || type == DataType.UNDEFINED ? Signature.FLOAT32 : type.getNumber();
    }

    /** Returns the signature of a network, or null where it is what is meant without one. */
    @Nullable
    Signature of(Network network) {
        Signature signature = new Signature(inputs, outputs);
        return signature.equals(Signature.plain(network)) ? null : signature;
    }
}
