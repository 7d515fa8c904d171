package org.eiesim.studies.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The beginning of a file, looked at to tell what it is. */
public final class FileHead implements AutoCloseable {
    private static final int LENGTH = 4096;
    private static final int TRACE_LENGTH = 64;
    /** Beginnings of files that hold no raw numbers: images, archives, documents, databases, idx, HDF5, Parquet, NumPy. */
    private static final List<String> KNOWN = List.of(
            "\u0089PNG",
            "\u00ff\u00d8\u00ff",
            "GIF8",
            "BM",
            "RIFF",
            "\u001f\u008b",
            "PK\u0003\u0004",
            "PK\u0005\u0006",
            "BZh",
            "\u00fd7zXZ",
            "7z\u00bc\u00af",
            "(\u00b5/\u00fd",
            "%PDF",
            "\u007fELF",
            "SQLite",
            "\u0000\u0000\u0008\u0001",
            "\u0000\u0000\u0008\u0003",
            "\u0089HDF",
            "PAR1",
            "\u0093NUMPY",
            "EIE");

    private static final int GRAPH_FIELD = 7;
    private static final int MAX_FIELD = 64;
    private static final int WIRE_VARINT = 0;
    private static final int WIRE_LENGTH = 2;
    private static final int MAX_VARINT_BYTES = 10;

    private final SeekableByteChannel channel;
    private final String text;

    private FileHead(SeekableByteChannel channel, String text) {
        this.channel = channel;
        this.text = text;
    }

    /**
     * Reads the beginning of a file.
     *
     * @param file its path
     * @return the beginning; to be closed
     * @throws IOException if reading fails
     */
    public static FileHead open(Path file) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        try {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LENGTH, channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Reads on until the buffer is full.
            }
            return new FileHead(channel, new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Compares the first bytes.
     *
     * @param bytes as characters of their values
     * @return whether the file begins with them
     */
    public boolean startsWith(String bytes) {
        return text.startsWith(bytes);
    }

    /**
     * Compares the first characters after white space.
     *
     * @param start what to look for
     * @return whether the text begins with it, in capitals or not
     */
    public boolean startsWithIgnoringCase(String start) {
        return text.stripLeading().regionMatches(true, 0, start, 0, start.length());
    }

    /**
     * Tells a JSON object or list by its first character.
     *
     * @return whether it is text that begins as one
     */
    public boolean isJson() {
        String stripped = text.stripLeading();
        return isText() && (stripped.startsWith("{") || stripped.startsWith("["));
    }

    /**
     * Tells Chrome's trace events from other JSON by what the writer puts first.
     *
     * @return whether it is such a trace
     */
    public boolean isTraceEvents() {
        return isJson()
                && text.substring(0, Math.min(TRACE_LENGTH, text.length())).contains("\"displayTimeUnit\"");
    }

    /**
     * Returns the first line.
     *
     * @return the line, empty where there is none
     */
    public String firstLine() {
        return text.lines().findFirst().orElse("");
    }

    /**
     * Looks for a line.
     *
     * @param start its beginning
     * @return whether it is text with such a line
     */
    public boolean hasLine(String start) {
        return isText() && text.lines().anyMatch(line -> line.startsWith(start));
    }

    /**
     * Tells whether no control characters but white space are in it.
     *
     * @return whether it is text
     */
    public boolean isText() {
        return text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
    }

    /**
     * Tells whether the file may hold numbers of 16 or more bits without a header.
     *
     * @return whether its length fits, and it is neither text nor a file of a known kind
     * @throws IOException if reading fails
     */
    public boolean isRawNumbers() throws IOException {
        return channel.size() % Short.BYTES == 0
                && !isText()
                && KNOWN.stream().noneMatch(text::startsWith)
                && !isOnnx();
    }

    /**
     * Walks over the top-level fields of a protocol buffer: all known, a graph among them, up to the last byte.
     *
     * @return whether it is an ONNX model
     * @throws IOException if reading fails
     */
    public boolean isOnnx() throws IOException {
        long size = channel.size();
        long position = 0;
        boolean hasGraph = false;
        while (position < size) {
            ByteBuffer bytes = at(position);
            long tag = varint(bytes);
            int wire = (int) (tag & 7);
            long field = tag >>> 3;
            long value = varint(bytes);
            if (tag < 0
                    || value < 0
                    || field < 1
                    || field > MAX_FIELD
                    || (wire != WIRE_VARINT && wire != WIRE_LENGTH)) {
                return false;
            }
            hasGraph |= field == GRAPH_FIELD && wire == WIRE_LENGTH;
            position += bytes.position() + (wire == WIRE_LENGTH ? value : 0);
        }
        return hasGraph && position == size;
    }

    private ByteBuffer at(long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * MAX_VARINT_BYTES);
        channel.position(position);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Reads on until the buffer is full or the file at its end.
        }
        return bytes.flip();
    }

    /** Returns -1 where there is none. */
    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES && bytes.hasRemaining(); i++) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
