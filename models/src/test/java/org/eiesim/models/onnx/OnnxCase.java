package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;

/**
 * One ONNX file, its seeded inputs, and what ONNX Runtime and the imported network make of them.
 *
 * @param path the file
 * @param inputs its inputs, those with an initialiser left out
 * @param outputs its outputs as listed, twice where one is listed twice
 * @param dimensions the extents chosen for its named dynamic dimensions, the batch's excepted
 * @param halfPrecision whether the model computes in float16 or bfloat16 anywhere
 */
record OnnxCase(
        Path path, List<Input> inputs, List<String> outputs, Map<String, Integer> dimensions, boolean halfPrecision) {
    /** The extent given to what a file leaves open, the batch excepted. */
    private static final int OPEN_EXTENT = 6;

    /** A declared input with its values. */
    record Input(String name, DataType type, long[] extents, float[] values) {
        /** Returns the values of sample 0 along the batch, where the import left out an axis, else all. */
        float[] forNetwork(int size, int batchAxis) {
            return size == values.length ? values : Tensor.first(extents, values, batchAxis);
        }
    }

    /** A named tensor of float32 values, whatever its type was. */
    record Tensor(String name, long[] extents, float[] values) {
        /** Returns the elements whose index along an axis is 0. */
        static float[] first(long[] extents, float[] values, int axis) {
            if (axis >= extents.length || extents[axis] == 0) {
                return values;
            }
            int inner = 1;
            for (int i = axis + 1; i < extents.length; i++) {
                inner *= (int) extents[i];
            }
            int stride = inner * (int) extents[axis];
            float[] first = new float[(int) (values.length / extents[axis])];
            for (int i = 0; i < first.length; i++) {
                first[i] = values[i / inner * stride + i % inner];
            }
            return first;
        }
    }

    static OnnxCase of(Path path) throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(path));
        Set<String> initialised = model.getGraph().getInitializerList().stream()
                .map(tensor -> tensor.getName())
                .collect(Collectors.toSet());
        Random random = new Random(path.getFileName().toString().hashCode());
        Map<String, Integer> dimensions = new TreeMap<>();
        List<Input> inputs = new ArrayList<>();
        for (ValueInfoProto declared : model.getGraph().getInputList()) {
            if (!initialised.contains(declared.getName())) {
                inputs.add(input(declared, random, dimensions));
            }
        }
        boolean half = model.toString().matches("(?s).*(data_type|elem_type): (10|16)\\b.*")
                || model.toString().matches("(?s).*name: \"to\"\\s+i: (10|16)\\b.*");
        List<String> outputs = model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .toList();
        return new OnnxCase(path, inputs, outputs, dimensions, half);
    }

    private static Input input(ValueInfoProto declared, Random random, Map<String, Integer> dimensions) {
        List<Dimension> dims = declared.getType().getTensorType().getShape().getDimList();
        long[] extents = new long[dims.size()];
        int size = 1;
        for (int axis = 0; axis < extents.length; axis++) {
            Dimension dim = dims.get(axis);
            boolean steps = dim.getDimParam().matches("(?i)t|seq.*|time.*|steps?");
            boolean batch = (axis == 0 && !steps) || dim.getDimParam().matches("(?i)n|.*batch.*");
            extents[axis] = dim.hasDimValue() ? dim.getDimValue() : batch ? 1 : OPEN_EXTENT;
            if (!dim.hasDimValue() && !batch) {
                dimensions.put(DimensionExtents.name(declared.getName(), axis, dim), OPEN_EXTENT);
            }
            size *= (int) extents[axis];
        }
        DataType type = DataType.forNumber(declared.getType().getTensorType().getElemType());
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = switch (type) {
                case FLOAT, DOUBLE -> random.nextFloat() * 2 - 1;
                case FLOAT16 -> HalfFloats.fromFloat16(halfBits(random.nextFloat() * 2 - 1));
                case BOOL -> random.nextInt(2);
                default -> random.nextInt(10);
            };
        }
        return new Input(declared.getName(), type, extents, values);
    }

    /** Rounds a number of magnitude at most 1 towards zero to the bits of a float16. */
    private static short halfBits(float value) {
        int bits = Float.floatToRawIntBits(value);
        int exponent = (bits >>> 23 & 0xff) - 127 + 15;
        int half = exponent <= 0 ? 0 : (exponent << 10) | ((bits >>> 13) & 0x3ff);
        return (short) (((bits >>> 16) & 0x8000) | half);
    }

    /** Runs the file in ONNX Runtime with its defaults and one thread. */
    List<Tensor> runInOnnxRuntime() throws OrtException {
        return runInOnnxRuntime(path);
    }

    /** Runs another file on the same inputs. */
    List<Tensor> runInOnnxRuntime(Path file) throws OrtException {
        Map<String, Tensor> results = new LinkedHashMap<>();
        runInOnnxRuntime(file, inputs).forEach(result -> results.put(result.name(), result));
        return outputs.stream().map(results::get).toList();
    }

    /** Runs a file with those of the inputs that it has. */
    static List<Tensor> runInOnnxRuntime(Path path, List<Input> inputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            try (OrtSession session = environment.createSession(path.toString(), options)) {
                for (Input input : inputs) {
                    if (session.getInputNames().contains(input.name())) {
                        feeds.put(input.name(), tensor(environment, input));
                    }
                }
                try (OrtSession.Result result = session.run(feeds)) {
                    List<Tensor> outputs = new ArrayList<>();
                    for (Map.Entry<String, OnnxValue> output : result) {
                        outputs.add(read(output.getKey(), (OnnxTensor) output.getValue()));
                    }
                    return outputs;
                }
            }
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, Input input) throws OrtException {
        if (input.type() == DataType.STRING) {
            String[] words = new String[input.values().length];
            Arrays.fill(words, "a");
            return OnnxTensor.createTensor(environment, words, input.extents());
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(8 * Math.max(1, input.values().length))
                .order(ByteOrder.nativeOrder());
        for (float value : input.values()) {
            switch (input.type()) {
                case FLOAT -> bytes.putFloat(value);
                case DOUBLE -> bytes.putDouble(value);
                case FLOAT16 -> bytes.putShort(halfBits(value));
                case INT64, UINT64 -> bytes.putLong((long) value);
                case INT32, UINT32 -> bytes.putInt((int) value);
                case INT16, UINT16 -> bytes.putShort((short) value);
                case INT8, UINT8, BOOL -> bytes.put((byte) value);
                default -> throw new IllegalStateException("input of type " + input.type());
            }
        }
        bytes.flip();
        OnnxJavaType type = switch (input.type()) {
            case FLOAT -> OnnxJavaType.FLOAT;
            case DOUBLE -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case INT64 -> OnnxJavaType.INT64;
            case INT32 -> OnnxJavaType.INT32;
            case INT16 -> OnnxJavaType.INT16;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case BOOL -> OnnxJavaType.BOOL;
            default -> throw new IllegalStateException("input of type " + input.type());
        };
        return OnnxTensor.createTensor(environment, bytes, input.extents(), type);
    }

    private static Tensor read(String name, OnnxTensor tensor) {
        long[] extents = tensor.getInfo().getShape();
        float[] values = new float[Math.toIntExact(tensor.getInfo().getNumElements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.getInfo().type) {
                case FLOAT, FLOAT16, BFLOAT16 -> tensor.getFloatBuffer().get(i);
                case DOUBLE -> (float) tensor.getDoubleBuffer().get(i);
                case INT64 -> tensor.getLongBuffer().get(i);
                case INT32 -> tensor.getIntBuffer().get(i);
                case INT16 -> tensor.getShortBuffer().get(i);
                case INT8, BOOL -> tensor.getByteBuffer().get(i);
                case UINT8 -> tensor.getByteBuffer().get(i) & 0xff;
                default -> throw new IllegalStateException("output of type " + tensor.getInfo().type);
            };
        }
        return new Tensor(name, extents, values);
    }

    /** Names types and extents of those inputs that a network has, and of all outputs. */
    String interfaceOf(Network network) throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(path));
        Set<String> names = inputs.stream().map(Input::name).collect(Collectors.toSet());
        StringBuilder text = new StringBuilder();
        for (ValueInfoProto input : model.getGraph().getInputList()) {
            if (names.contains(input.getName())
                    && (network.signature() == null
                            || network.signature().inputs().stream()
                                    .anyMatch(value -> value.name().equals(input.getName())))) {
                text.append(declaration(input, dimensions));
            }
        }
        text.append("->");
        model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .distinct()
                .forEach(output -> text.append(' ').append(output));
        return text.toString();
    }

    private static String declaration(ValueInfoProto value, Map<String, Integer> dimensions) {
        List<Dimension> dims = value.getType().getTensorType().getShape().getDimList();
        List<String> extents = new ArrayList<>();
        for (int axis = 0; axis < dims.size(); axis++) {
            Dimension dim = dims.get(axis);
            boolean isUnnamed = axis > 0 && dim.getDimParam().isEmpty();
            Integer bound = isUnnamed ? Integer.valueOf(OPEN_EXTENT) : dimensions.get(dim.getDimParam());
            extents.add(
                    dim.hasDimValue()
                            ? String.valueOf(dim.getDimValue())
                            : bound == null ? "?" + dim.getDimParam() : bound.toString());
        }
        return value.getName() + ":" + value.getType().getTensorType().getElemType() + extents + " ";
    }

    /** Imports the file. */
    Network read() throws IOException {
        return OnnxReader.read(path, dimensions);
    }

    /** Runs the imported network on sample 0, or on everything where the import kept the whole input. */
    List<Tensor> runImported(Network network, int batchAxis) {
        Map<String, float[]> feeds = new LinkedHashMap<>();
        for (Network.Input wanted : network.inputs()) {
            for (Input input : inputs) {
                if (input.name().equals(wanted.name())) {
                    feeds.put(input.name(), input.forNetwork(wanted.shape().size(), batchAxis));
                }
            }
        }
        ReferenceExecutor executor = new ReferenceExecutor(network);
        Map<String, float[]> values = executor.runAll(feeds);
        List<Tensor> outputs = new ArrayList<>();
        for (String output : network.outputs()) {
            int[] shape = executor.shapeOf(output).toArray();
            outputs.add(new Tensor(
                    output, Arrays.stream(shape).asLongStream().toArray(), Objects.requireNonNull(values.get(output))));
        }
        return outputs;
    }

    /** Returns what differs between two lists of outputs, or nothing. */
    String difference(List<Tensor> expected, List<Tensor> actual, int batchAxis) {
        if (expected.size() != actual.size()) {
            return actual.size() + " outputs, not " + expected.size();
        }
        for (int i = 0; i < expected.size(); i++) {
            Tensor right = expected.get(i);
            float[] got = actual.get(i).values();
            float[] wanted = got.length == right.values().length
                    ? right.values()
                    : Tensor.first(right.extents(), right.values(), batchAxis);
            String difference = difference(wanted, got);
            if (!difference.isEmpty()) {
                return right.name() + Arrays.toString(right.extents()) + ": " + difference;
            }
        }
        return "";
    }

    private String difference(float[] expected, float[] actual) {
        if (expected.length != actual.length) {
            return actual.length + " values, not " + expected.length;
        }
        double largest = 0;
        for (float value : expected) {
            largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        double bound = (halfPrecision ? 1e-3 : 1e-4) * largest;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            if (Float.isFinite(expected[i]) && Float.isFinite(actual[i])) {
                worst = Math.max(worst, Math.abs((double) expected[i] - actual[i]));
            } else if (Float.compare(expected[i], actual[i]) != 0) {
                return actual[i] + " at " + i + ", not " + expected[i];
            }
        }
        return worst <= bound ? "" : "off by " + (float) worst + " of " + (float) largest;
    }
}
