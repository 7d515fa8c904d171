package org.eiesim.models.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A training run after some of its epochs. Random choices are drawn from seeds of their own for every epoch and update, so
 * that these values are all there is to it.
 *
 * @param epochs what each epoch so far came to
 * @param best the best epoch's values
 * @param arrays what the optimizer changes, with its moments, in a fixed order; empty after the last epoch
 */
record TrainingCheckpoint(List<EpochRecord> epochs, Best best, List<Trained> arrays) {
    /** The best epoch: all parameters as the network sees them, and the stored tensors of parametrized ones. */
    record Best(
            int epoch,
            double accuracy,
            double loss,
            Map<ParameterKey, Tensor> parameters,
            Map<ParameterKey, List<Tensor>> stored) {}

    /** One array under the optimizer: its values, its moments, the updates made. */
    record Trained(long updates, List<float[]> values) {}

    void writeTo(DataOutputStream stream) throws IOException {
        stream.writeInt(epochs.size());
        for (EpochRecord epoch : epochs) {
            stream.writeInt(epoch.epoch());
            stream.writeDouble(epoch.trainingLoss());
            stream.writeDouble(epoch.validationLoss());
            stream.writeDouble(epoch.validationAccuracy());
            stream.writeDouble(epoch.learningRate());
        }
        stream.writeInt(best.epoch());
        stream.writeDouble(best.accuracy());
        stream.writeDouble(best.loss());
        stream.writeInt(best.parameters().size());
        for (Map.Entry<ParameterKey, Tensor> parameter : best.parameters().entrySet()) {
            write(stream, parameter.getKey());
            write(stream, parameter.getValue());
        }
        stream.writeInt(best.stored().size());
        for (Map.Entry<ParameterKey, List<Tensor>> stored : best.stored().entrySet()) {
            write(stream, stored.getKey());
            stream.writeInt(stored.getValue().size());
            for (Tensor tensor : stored.getValue()) {
                write(stream, tensor);
            }
        }
        stream.writeInt(arrays.size());
        for (Trained array : arrays) {
            stream.writeLong(array.updates());
            stream.writeInt(array.values().size());
            for (float[] values : array.values()) {
                write(stream, values);
            }
        }
    }

    /** Reads what {@link #writeTo} wrote; null where there is nothing. */
    static @Nullable TrainingCheckpoint read(@Nullable DataInputStream stream) {
        if (stream == null) {
            return null;
        }
        try {
            List<EpochRecord> epochs = new ArrayList<>();
            for (int count = stream.readInt(); count > 0; count--) {
                epochs.add(new EpochRecord(
                        stream.readInt(),
                        stream.readDouble(),
                        stream.readDouble(),
                        stream.readDouble(),
                        stream.readDouble()));
            }
            int epoch = stream.readInt();
            double accuracy = stream.readDouble();
            double loss = stream.readDouble();
            Map<ParameterKey, Tensor> parameters = new LinkedHashMap<>();
            for (int count = stream.readInt(); count > 0; count--) {
                parameters.put(readKey(stream), readTensor(stream));
            }
            Map<ParameterKey, List<Tensor>> stored = new LinkedHashMap<>();
            for (int count = stream.readInt(); count > 0; count--) {
                ParameterKey key = readKey(stream);
                List<Tensor> tensors = new ArrayList<>();
                for (int tensor = stream.readInt(); tensor > 0; tensor--) {
                    tensors.add(readTensor(stream));
                }
                stored.put(key, tensors);
            }
            return new TrainingCheckpoint(
                    epochs, new Best(epoch, accuracy, loss, parameters, stored), readArrays(stream));
        } catch (IOException e) {
            return null;
        }
    }

    private static List<Trained> readArrays(DataInputStream stream) throws IOException {
        List<Trained> arrays = new ArrayList<>();
        for (int count = stream.readInt(); count > 0; count--) {
            long updates = stream.readLong();
            List<float[]> values = new ArrayList<>();
            for (int value = stream.readInt(); value > 0; value--) {
                values.add(readValues(stream));
            }
            arrays.add(new Trained(updates, values));
        }
        return arrays;
    }

    private static void write(DataOutputStream stream, ParameterKey key) throws IOException {
        stream.writeUTF(key.node());
        stream.writeUTF(key.role());
    }

    private static ParameterKey readKey(DataInputStream stream) throws IOException {
        return new ParameterKey(stream.readUTF(), stream.readUTF());
    }

    private static void write(DataOutputStream stream, Tensor tensor) throws IOException {
        int[] extents = tensor.shape().toArray();
        stream.writeInt(extents.length);
        for (int extent : extents) {
            stream.writeInt(extent);
        }
        write(stream, tensor.values());
    }

    private static Tensor readTensor(DataInputStream stream) throws IOException {
        int[] extents = new int[stream.readInt()];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = stream.readInt();
        }
        return new Tensor(Shape.of(extents), readValues(stream));
    }

    private static void write(DataOutputStream stream, float[] values) throws IOException {
        stream.writeInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        stream.write(bytes.array());
    }

    private static float[] readValues(DataInputStream stream) throws IOException {
        float[] values = new float[stream.readInt()];
        byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
        stream.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
