package org.eiesim.compiler.dump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.kernels.sparse.InterleavedCsc;

/** Writes a {@link Dump} as a folder. */
public final class DumpWriter {
    private DumpWriter() {}

    /**
     * Writes a dump, whole or not at all.
     *
     * @param folder the folder; must not exist, or be empty
     * @param dump the dump
     * @throws IOException if the folder holds something, or writing fails
     */
    public static void write(Path folder, Dump dump) throws IOException {
        AtomicFiles.writeFolder(folder, part -> writeFiles(part, dump));
    }

    private static void writeFiles(Path folder, Dump dump) throws IOException {
        Files.write(folder.resolve(DumpReader.ACTIVATIONS_FILE), floats(dump.activations()));
        Files.write(folder.resolve(DumpReader.CODEBOOK_FILE), floats(dump.codebook()));
        Path pointers = Files.createDirectory(folder.resolve(DumpReader.POINTERS));
        Path entries = Files.createDirectory(folder.resolve(DumpReader.ENTRIES));
        for (int pe = 0; pe < dump.matrix().numPes(); pe++) {
            Files.write(
                    pointers.resolve(DumpReader.fileName(DumpReader.POINTERS, pe)),
                    integers(dump.matrix().columnStarts()[pe]));
            Files.write(entries.resolve(DumpReader.fileName(DumpReader.ENTRIES, pe)), entries(dump.matrix(), pe));
        }
    }

    private static byte[] floats(float[] values) {
        byte[] bytes = bytesFor(values.length, Float.BYTES);
        littleEndian(bytes).asFloatBuffer().put(values);
        return bytes;
    }

    private static byte[] integers(int[] values) {
        byte[] bytes = bytesFor(values.length, Integer.BYTES);
        littleEndian(bytes).asIntBuffer().put(values);
        return bytes;
    }

    private static byte[] entries(InterleavedCsc matrix, int pe) {
        byte[] codes = matrix.codes()[pe];
        short[] relativeIndices = matrix.relativeIndices()[pe];
        byte[] bytes = bytesFor(codes.length, DumpReader.ENTRY_BYTES);
        ByteBuffer buffer = littleEndian(bytes);
        for (int entry = 0; entry < codes.length; entry++) {
            buffer.putInt(codes[entry] & 0xFF);
            buffer.putInt(relativeIndices[entry] & 0xFFFF);
        }
        return bytes;
    }

    private static byte[] bytesFor(int count, int bytesEach) {
        return new byte[Math.multiplyExact(count, bytesEach)];
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
