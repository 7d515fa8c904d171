package org.eiesim.studies.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.data.NpyFile;
import org.eiesim.models.data.RawFloats;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.simulator.machine.ProgramRun;

/**
 * The outputs of a run, input by input in row order, as an array {@code [inputs, outputs]} where the file's name ends in
 * {@code .npy} and else as raw little-endian values: float32, or in fixed point the raw values as int16 whatever their
 * format's width.
 */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Writes the file.
     *
     * @param file its path; replaced if it exists
     * @param run the run
     * @param from the first output of each input to write
     * @param length how many of them
     * @throws IOException if writing fails
     */
    public static void write(Path file, ProgramRun run, int from, int length) throws IOException {
        int count = run.numInputs();
        boolean isArray = file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
        int[] all = run.rawOutputs();
        if (all == null) {
            float[] values = new float[count * length];
            int row = run.outputs().length / count;
            for (int i = 0; i < count; i++) {
                System.arraycopy(run.outputs(), i * row + from, values, i * length, length);
            }
            if (isArray) {
                NpyFile.write(file, new Tensor(Shape.of(count, length), values));
            } else {
                AtomicFiles.write(file, RawFloats.toBytes(values));
            }
            return;
        }
        short[] raw = new short[count * length];
        int row = all.length / count;
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (short) all[i / length * row + from + i % length];
        }
        if (isArray) {
            NpyFile.write(file, Shape.of(count, length), raw);
            return;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(raw.length, Short.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (short value : raw) {
            bytes.putShort(value);
        }
        AtomicFiles.write(file, bytes.array());
    }
}
