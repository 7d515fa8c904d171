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
     * @throws IOException if writing fails
     */
    public static void write(Path file, ProgramRun run) throws IOException {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
            writeArray(file, run);
            return;
        }
        int[] raw = run.rawOutputs();
        if (raw == null) {
            AtomicFiles.write(file, RawFloats.toBytes(run.outputs()));
            return;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(raw.length, Short.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : raw) {
            bytes.putShort((short) value);
        }
        AtomicFiles.write(file, bytes.array());
    }

    private static void writeArray(Path file, ProgramRun run) throws IOException {
        int[] raw = run.rawOutputs();
        int count = run.numInputs();
        if (raw == null) {
            NpyFile.write(file, new Tensor(Shape.of(count, run.outputs().length / count), run.outputs()));
            return;
        }
        short[] values = new short[raw.length];
        for (int i = 0; i < raw.length; i++) {
            values[i] = (short) raw[i];
        }
        NpyFile.write(file, Shape.of(count, raw.length / count), values);
    }
}
