package org.eiesim.studies.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.data.RawFloats;
import org.eiesim.simulator.machine.ProgramRun;

/**
 * The outputs of a run as a raw little-endian file, input by input in row order: float32, or in fixed point the raw
 * values as int16 whatever their format's width.
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
}
