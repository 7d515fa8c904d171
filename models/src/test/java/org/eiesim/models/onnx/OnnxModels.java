package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;

/** Composes ONNX models by hand. */
final class OnnxModels {
    final GraphProto.Builder graph = GraphProto.newBuilder().setName("hand");
    private int opset = 13;

    static OnnxModels withInput(String name, int... extents) {
        OnnxModels model = new OnnxModels();
        model.graph.addInput(valueInfo(name, DataType.FLOAT_VALUE, extents));
        return model;
    }

    OnnxModels opset(int version) {
        opset = version;
        return this;
    }

    OnnxModels node(String operator, String name, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return this;
    }

    /** Adds a node of ONNX Runtime's own domain. */
    OnnxModels fused(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setDomain("com.microsoft")
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return this;
    }

    OnnxModels floats(String name, float[] values, long... extents) {
        return tensor(tensorOf(values, extents).setName(name));
    }

    OnnxModels int64s(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64_VALUE)
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor(tensor);
    }

    OnnxModels tensor(TensorProto.Builder tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    OnnxModels output(String name) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        return this;
    }

    ModelProto build() {
        return ModelProto.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("com.other").setVersion(1))
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain("com.microsoft")
                        .setVersion(1))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build();
    }

    Network read() throws IOException {
        return read(build().toByteArray());
    }

    static Network read(byte[] bytes) throws IOException {
        return OnnxReader.read(new ByteArrayInputStream(bytes), "default", Map.of());
    }

    /** Reads the model and runs it. */
    float[] run(float... input) throws IOException {
        return new ReferenceExecutor(read()).run(input);
    }

    static TensorProto.Builder tensorOf(float[] values, long... extents) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(DataType.FLOAT_VALUE);
        for (long extent : extents) {
            tensor.addDims(extent);
        }
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto attribute(String name, TensorProto.Builder value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.TENSOR)
                .setT(value)
                .build();
    }

    /** Declares a value; an extent of 0 is left open. */
    static ValueInfoProto valueInfo(String name, int elementType, int... extents) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int extent : extents) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(extent == 0 ? dimension.setDimParam("open") : dimension.setDimValue(extent));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(elementType)
                                .setShape(shape)))
                .build();
    }
}
