package org.eiesim.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs models in ONNX Runtime, the implementation others are held against. */
final class OnnxRuntime {
    private OnnxRuntime() {}

    /**
     * An input of a run.
     *
     * @param extents its extents, batch included
     * @param values its elements
     * @param isInteger whether the model declares int64
     */
    record Feed(long[] extents, float[] values, boolean isInteger) {}

    /** Runs a model with one thread and returns its outputs in order. */
    static List<float[]> run(byte[] model, Map<String, Feed> feeds) {
        return run(model, feeds, OrtSession.SessionOptions.OptLevel.ALL_OPT);
    }

    /** Runs a model node by node, with no fusions of ONNX Runtime's own, some of which ignore constants. */
    static List<float[]> runAsWritten(byte[] model, Map<String, Feed> feeds) {
        return run(model, feeds, OrtSession.SessionOptions.OptLevel.NO_OPT);
    }

    private static List<float[]> run(
            byte[] model, Map<String, Feed> feeds, OrtSession.SessionOptions.OptLevel optimization) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setOptimizationLevel(optimization);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            for (Map.Entry<String, Feed> feed : feeds.entrySet()) {
                inputs.put(feed.getKey(), tensor(environment, feed.getValue()));
            }
            try (OrtSession session = environment.createSession(model, options);
                    OrtSession.Result result = session.run(inputs)) {
                List<float[]> outputs = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.add(values((OnnxTensor) output.getValue()));
                }
                return outputs;
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, Feed feed) throws OrtException {
        if (!feed.isInteger()) {
            return OnnxTensor.createTensor(environment, FloatBuffer.wrap(feed.values()), feed.extents());
        }
        long[] integers = new long[feed.values().length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (long) feed.values()[i];
        }
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(integers), feed.extents());
    }

    private static float[] values(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        float[] values = new float[Math.toIntExact(info.getNumElements())];
        tensor.getFloatBuffer().get(values);
        return values;
    }
}
