package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Computes a node all of whose operands are constants as the network it would become if the first operand were an input:
 * what an operator means is said once, in its importer, and computed once, by the reference executor.
 */
final class ConstantEvaluation {
    /** Operators whose importers pass on constants, or that hold graphs which read other values. */
    private static final Set<String> OTHERS = Set.of("Identity", "Dropout", "If", "Loop", "Scan");

    /** Whole numbers up to here are exact in float32. */
    private static final long MAX_EXACT = 1 << 24;

    private final OnnxNode node;
    private final GraphImport graph;
    private final ConstantTensor data;
    private final String input;

    private ConstantEvaluation(OnnxNode node, GraphImport graph) throws FormatException {
        this.node = node;
        this.graph = graph;
        this.data = node.constant(0);
        this.input = node.inputName(0);
    }

    /** Computes a node where that needs nothing computed at run time; returns whether it did. */
    static boolean evaluate(OnnxNode node, GraphImport graph) throws FormatException {
        if (OTHERS.contains(node.operator()) || !node.hasInput(0)) {
            return false;
        }
        for (int i = 0; i < node.numInputs(); i++) {
            if (node.hasInput(i) && !(node.operand(i) instanceof ConstantTensor)) {
                return false;
            }
        }
        new ConstantEvaluation(node, graph).run();
        node.ignoreAll();
        return true;
    }

    private void run() throws FormatException {
        int[] extents = data.extents();
        FormatException otherwise;
        try {
            run(Operand.NO_BATCH, 1, extents);
            return;
        } catch (MixedBatchException e) {
            throw new IllegalStateException("there is no batch", e);
        } catch (FormatException e) {
            otherwise = e;
        }
        if (extents.length < 2) {
            throw otherwise;
        }
        // Operators on images and the like want a batch: each part of the first axis is a sample.
        try {
            run(0, extents[0], extents);
        } catch (MixedBatchException e) {
            throw otherwise;
        }
    }

    private void run(int batchAxis, int numSamples, int[] extents) throws FormatException {
        GraphImport part = graph.apart(graphOf(extents), Map.of(input, batchAxis));
        Network network = part.unfolded("constant");
        ReferenceExecutor executor = new ReferenceExecutor(network);
        long size = 0;
        for (Shape shape : executor.shapes().values()) {
            size += shape.size();
        }
        node.reserve(size * numSamples);
        float[][] results = new float[node.numOutputs()][];
        float[] values = numbers(data);
        int length = values.length / numSamples;
        String name = network.inputs().get(0).name();
        for (int sample = 0; sample < numSamples; sample++) {
            float[] one = Arrays.copyOfRange(values, sample * length, (sample + 1) * length);
            Map<String, float[]> computed = executor.runAny(Map.of(name, one));
            for (int output = 0; output < results.length; output++) {
                collect(results, output, sample, numSamples, part, computed);
            }
        }
        for (int output = 0; output < results.length; output++) {
            define(output, part, batchAxis, numSamples, results[output]);
        }
    }

    private void collect(
            float[][] results,
            int output,
            int sample,
            int numSamples,
            GraphImport part,
            Map<String, float[]> computed) {
        if (part.find(node.output(output)) instanceof Operand.Computed value) {
            float[] own = Objects.requireNonNull(computed.get(value.value()));
            if (results[output] == null) {
                results[output] = new float[Math.multiplyExact(own.length, numSamples)];
            }
            System.arraycopy(own, 0, results[output], sample * own.length, own.length);
        }
    }

    private void define(int output, GraphImport part, int batchAxis, int numSamples, float @Nullable [] values)
            throws FormatException {
        Operand operand = part.find(node.output(output));
        if (operand instanceof ConstantTensor constant) {
            graph.define(node, output, constant);
        } else if (operand instanceof Operand.Computed value && values != null) {
            if (value.batchAxis() != batchAxis) {
                throw node.error("its operands are constants of which it moves the first axis; this is not supported");
            }
            int[] extents = value.onnxExtents();
            if (batchAxis == 0) {
                extents[0] = numSamples;
            }
            graph.define(node, output, constant(node.output(output), extents, values));
        }
    }

    private ConstantTensor constant(String name, int[] extents, float[] values) throws FormatException {
        DataType type = graph.types().of(name);
        if (!ElementTypes.isInteger(type) && type != DataType.BOOL) {
            return ConstantTensor.of(name, extents, values);
        }
        long[] integers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = (long) values[i];
            requireExact(integers[i]);
        }
        return ConstantTensor.of(name, extents, integers);
    }

    private float[] numbers(ConstantTensor constant) throws FormatException {
        if (!constant.isFloating()) {
            for (long value : constant.integers()) {
                requireExact(value);
            }
        }
        return constant.numbers();
    }

    private void requireExact(long value) throws FormatException {
        if (Math.abs(value) > MAX_EXACT) {
            throw node.error(
                    "its constants are whole numbers beyond 2^24, such as " + value + ", which float32 does not hold");
        }
    }

    private GraphProto graphOf(int[] extents) throws FormatException {
        NodeProto proto = node.proto();
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int extent : extents) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
        }
        GraphProto.Builder body = GraphProto.newBuilder()
                .setName("constant")
                .addInput(ValueInfoProto.newBuilder()
                        .setName(input)
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder()
                                        .setElemType(declared(data))
                                        .setShape(shape))))
                .addNode(proto);
        Set<String> seen = new HashSet<>(Set.of(input));
        for (int i = 1; i < node.numInputs(); i++) {
            if (node.hasInput(i) && seen.add(node.inputName(i))) {
                TensorProto tensor = node.constant(i).proto();
                body.addInitializer(tensor.toBuilder().setName(node.inputName(i)));
            }
        }
        proto.getOutputList().stream()
                .filter(output -> !output.isEmpty())
                .forEach(output -> body.addOutput(ValueInfoProto.newBuilder().setName(output)));
        return body.build();
    }

    /** The type in ONNX, which a constant that was computed may not bear itself. */
    private int declared(ConstantTensor constant) {
        DataType type = graph.types().of(input);
        return (type == DataType.UNDEFINED ? constant.type() : type).getNumber();
    }
}
