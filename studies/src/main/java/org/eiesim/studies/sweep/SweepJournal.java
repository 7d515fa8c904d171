package org.eiesim.studies.sweep;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * The finished lines of a sweep, kept while it runs so that it can go on after it was killed. Append-only; little-endian:
 *
 * <pre>
 * header    8 bytes  "EIESWEEP"
 *           int      format version, 2
 *           32 bytes key: SHA-256 of all that the table depends on
 *           int      CRC-32C of the 44 bytes before
 * record    int      length n of the payload
 *           n bytes  point (int), workload (int), flags (byte; 1 = impossible, 2 = extrapolated), then the reason in
 *                    UTF-8, or inputs (int), accuracy, shares, area in mm2 and leakage in mW (double), the number of
 *                    layers (int) and of each its name (length as short, UTF-8), statistics (long), shares, energies in
 *                    pJ and microseconds with transfers (double)
 *           int      CRC-32C of the payload
 * </pre>
 *
 * A record is handed to the operating system in one write before it counts as finished, so that a killed process loses
 * none; a torn or damaged one at the end of the file, and what follows it, is cut off when the journal is opened.
 */
final class SweepJournal implements Closeable {
    static final int HEADER_BYTES = 48;

    private static final byte[] MAGIC = "EIESWEEP".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;
    private static final int KEY_BYTES = 32;
    private static final int IMPOSSIBLE = 1;
    private static final int EXTRAPOLATED = 2;
    private static final int PREFIX_BYTES = 2 * Integer.BYTES + 1;
    private static final int MAX_REASON_BYTES = 4096;
    private static final int VALUE_BYTES = 2 * Integer.BYTES + Double.BYTES * (3 + SweepRow.NUM_RATIOS);
    private static final int LAYER_BYTES = Long.BYTES * SweepRow.NUM_STATISTICS
            + Double.BYTES * (SweepRow.NUM_RATIOS + SweepRow.ENERGY_COMPONENTS.size() + 1);
    private static final int MAX_NAME_BYTES = 1024;
    /** Some thousand layers. */
    private static final int MAX_PAYLOAD_BYTES = 1 << 21;

    private final FileChannel channel;
    private final List<SweepRow> finished;

    private SweepJournal(FileChannel channel, List<SweepRow> finished) {
        this.channel = channel;
        this.finished = List.copyOf(finished);
    }

    /**
     * Opens a journal, or begins one where there is none.
     *
     * @param file its path
     * @param key 32 bytes that differ whenever the table does
     * @param restart whether to throw away what is there
     * @throws FormatException if it belongs to another sweep, is no journal, or is in use by another process
     * @throws IOException if it cannot be read or written
     */
    static SweepJournal open(Path file, byte[] key, boolean restart) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            requireLock(channel, file);
            if (restart) {
                channel.truncate(0);
            }
            List<SweepRow> finished = new ArrayList<>();
            long end = read(channel, file, key, finished);
            channel.truncate(end);
            channel.position(end);
            if (end == 0) {
                writeAll(channel, header(key));
            }
            return new SweepJournal(channel, finished);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Keeps the lock until the channel is closed. */
    private static void requireLock(FileChannel channel, Path file) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new FormatException(file.toString(), "is in use: another sweep is writing to this folder");
        }
    }

    private static ByteBuffer header(byte[] key) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putInt(VERSION).put(key, 0, KEY_BYTES);
        header.putInt(checksum(header.slice(0, header.position())));
        return header.flip();
    }

    /** Reads all whole records and returns where they end, 0 if not even the header is whole. */
    private static long read(FileChannel channel, Path file, byte[] key, List<SweepRow> finished) throws IOException {
        ByteBuffer found = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (!readFully(channel, 0, found)) {
            requirePrefix(found, file);
            return 0;
        }
        requireSameSweep(found, header(key), file);
        long end = HEADER_BYTES;
        // Holds at least one record.
        int bufferBytes = (int) Math.min(MAX_PAYLOAD_BYTES + 2L * Integer.BYTES, channel.size() + 1);
        ByteBuffer buffer = ByteBuffer.allocate(bufferBytes).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(end);
        while (true) {
            boolean more = channel.read(buffer) >= 0;
            buffer.flip();
            boolean whole = true;
            while (whole) {
                int before = buffer.position();
                SweepRow row = next(buffer);
                whole = row != null;
                if (row != null) {
                    finished.add(row);
                    end += buffer.position() - before;
                }
            }
            if (!more || isDamaged(buffer)) {
                return end;
            }
            buffer.compact();
        }
    }

    /** Tells whether the next record can never become whole, whatever follows. */
    private static boolean isDamaged(ByteBuffer buffer) {
        if (buffer.remaining() < Integer.BYTES) {
            return false;
        }
        int length = buffer.getInt(buffer.position());
        return length < PREFIX_BYTES || length > MAX_PAYLOAD_BYTES || buffer.remaining() >= length + 2 * Integer.BYTES;
    }

    /** Takes a record, or returns null and stays where it is if it is torn or damaged. */
    private static @Nullable SweepRow next(ByteBuffer buffer) {
        int start = buffer.position();
        if (buffer.remaining() < Integer.BYTES) {
            return null;
        }
        int length = buffer.getInt(start);
        if (length < PREFIX_BYTES
                || length > MAX_PAYLOAD_BYTES
                || buffer.remaining() < length + 2 * Integer.BYTES
                || buffer.getInt(start + Integer.BYTES + length)
                        != checksum(buffer.slice(start + Integer.BYTES, length))) {
            return null;
        }
        ByteBuffer payload = buffer.slice(start + Integer.BYTES, length).order(ByteOrder.LITTLE_ENDIAN);
        SweepRow row = row(payload);
        if (row != null) {
            buffer.position(start + length + 2 * Integer.BYTES);
        }
        return row;
    }

    private static @Nullable SweepRow row(ByteBuffer payload) {
        int point = payload.getInt();
        int workload = payload.getInt();
        int flags = payload.get();
        if ((flags & IMPOSSIBLE) != 0) {
            byte[] reason = new byte[payload.remaining()];
            payload.get(reason);
            return SweepRow.impossible(point, workload, new String(reason, StandardCharsets.UTF_8));
        }
        if (payload.remaining() < VALUE_BYTES) {
            return null;
        }
        int inputs = payload.getInt();
        double accuracy = payload.getDouble();
        double[] ratios = doubles(payload, SweepRow.NUM_RATIOS);
        double areaMm2 = payload.getDouble();
        double leakageMw = payload.getDouble();
        int numLayers = payload.getInt();
        List<SweepRow.Layer> layers = new ArrayList<>();
        for (int i = 0; i < numLayers; i++) {
            SweepRow.Layer layer = layer(payload);
            if (layer == null) {
                return null;
            }
            layers.add(layer);
        }
        return new SweepRow(
                point, workload, "", inputs, accuracy, ratios, layers, areaMm2, leakageMw, (flags & EXTRAPOLATED) != 0);
    }

    private static SweepRow.@Nullable Layer layer(ByteBuffer payload) {
        if (payload.remaining() < Short.BYTES) {
            return null;
        }
        int nameBytes = payload.getShort();
        if (nameBytes < 0 || payload.remaining() < nameBytes + LAYER_BYTES) {
            return null;
        }
        byte[] name = new byte[nameBytes];
        payload.get(name);
        long[] statistics = new long[SweepRow.NUM_STATISTICS];
        for (int i = 0; i < statistics.length; i++) {
            statistics[i] = payload.getLong();
        }
        return new SweepRow.Layer(
                new String(name, StandardCharsets.UTF_8),
                statistics,
                doubles(payload, SweepRow.NUM_RATIOS),
                doubles(payload, SweepRow.ENERGY_COMPONENTS.size()),
                payload.getDouble());
    }

    private static double[] doubles(ByteBuffer payload, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = payload.getDouble();
        }
        return values;
    }

    private static boolean readFully(FileChannel channel, long position, ByteBuffer buffer) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                return false;
            }
            at += count;
        }
        return true;
    }

    /** A header cut short is begun anew, but no other file is overwritten. */
    private static void requirePrefix(ByteBuffer found, Path file) throws FormatException {
        for (int i = 0; i < Math.min(found.position(), MAGIC.length); i++) {
            if (found.get(i) != MAGIC[i]) {
                throw new FormatException(file.toString(), i, "is no journal of a sweep");
            }
        }
    }

    private static void requireSameSweep(ByteBuffer found, ByteBuffer expected, Path file) throws FormatException {
        requirePrefix(found, file);
        int version = found.getInt(MAGIC.length);
        if (version != VERSION) {
            throw new FormatException(
                    file.toString(), MAGIC.length, "has version " + version + ", expected " + VERSION);
        }
        if (!found.flip().equals(expected)) {
            throw new FormatException(
                    file.toString(),
                    MAGIC.length + Integer.BYTES,
                    "belongs to another sweep: the specification, a file it names or the tool has changed; name another"
                            + " folder, or begin anew with --restart");
        }
    }

    /** Returns the lines that were finished when the journal was opened. */
    List<SweepRow> finished() {
        return finished;
    }

    /**
     * Appends finished lines. Safe for use by several threads.
     *
     * @throws IOException if they cannot be written
     */
    void append(List<SweepRow> rows) throws IOException {
        List<ByteBuffer> records = rows.stream().map(SweepJournal::record).toList();
        ByteBuffer all = ByteBuffer.allocate(
                records.stream().mapToInt(ByteBuffer::remaining).sum());
        records.forEach(all::put);
        synchronized (channel) {
            writeAll(channel, all.flip());
        }
    }

    private static ByteBuffer record(SweepRow row) {
        byte[] reason = bytes(row.reason(), MAX_REASON_BYTES);
        List<byte[]> names = row.layers().stream()
                .map(layer -> bytes(layer.name(), MAX_NAME_BYTES))
                .toList();
        int length = PREFIX_BYTES
                + (row.isPossible()
                        ? VALUE_BYTES
                                + names.stream()
                                        .mapToInt(name -> Short.BYTES + name.length + LAYER_BYTES)
                                        .sum()
                        : reason.length);
        if (length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(row.layers().size() + " layers are too many for a sweep's journal");
        }
        ByteBuffer record = ByteBuffer.allocate(length + 2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(length).putInt(row.point()).putInt(row.workload());
        record.put((byte) ((row.isPossible() ? 0 : IMPOSSIBLE) | (row.extrapolated() ? EXTRAPOLATED : 0)));
        if (row.isPossible()) {
            record.putInt(row.inputs()).putDouble(row.accuracy());
            put(record, row.ratios());
            record.putDouble(row.areaMm2()).putDouble(row.leakageMw());
            record.putInt(names.size());
            for (int i = 0; i < names.size(); i++) {
                SweepRow.Layer layer = row.layers().get(i);
                record.putShort((short) names.get(i).length).put(names.get(i));
                for (long value : layer.statistics()) {
                    record.putLong(value);
                }
                put(record, layer.ratios());
                put(record, layer.energyPj());
                record.putDouble(layer.streamedUs());
            }
        } else {
            record.put(reason);
        }
        record.putInt(checksum(record.slice(Integer.BYTES, length)));
        return record.flip();
    }

    private static byte[] bytes(String text, int most) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        return all.length <= most ? all : Arrays.copyOf(all, most);
    }

    private static void put(ByteBuffer record, double[] values) {
        for (double value : values) {
            record.putDouble(value);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Sees to it that the journal outlives a loss of power too. */
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.force(false);
        }
    }
}
