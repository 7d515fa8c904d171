package org.eiesim.studies.sweep;

import blue.strategic.parquet.ParquetWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.eiesim.kernels.files.AtomicFiles;

/**
 * Writes a table as Parquet with Apache's own writer: one optional column each, INT64, DOUBLE, BOOLEAN or STRING,
 * compressed with Snappy. Numbers are whole, where {@link CsvTable} rounds them to ten digits.
 */
final class ParquetTable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TRAILER_BYTES = Integer.BYTES + MAGIC.length;

    private ParquetTable() {}

    /** Writes a file. */
    static <L> void write(Path file, List<Column<L>> columns, Iterable<L> lines) throws IOException {
        // The writer wants a path of its own to write to.
        AtomicFiles.write(file, stream -> {
            Path part = Files.createTempFile("eie-sweep", ".parquet");
            try {
                writeTo(part, columns, lines);
                copyCanonically(part, stream);
            } finally {
                Files.deleteIfExists(part);
            }
        });
    }

    private static <L> void writeTo(Path file, List<Column<L>> columns, Iterable<L> lines) throws IOException {
        Files.delete(file);
        try (ParquetWriter<L> writer = ParquetWriter.writeFile(schema(columns), file.toFile(), (line, values) -> {
            for (Column<L> column : columns) {
                Object value = column.value().apply(line);
                if (value != null) {
                    values.write(column.name(), value);
                }
            }
        })) {
            for (L line : lines) {
                writer.write(line);
            }
        }
    }

    /**
     * Copies a file with the lists of encodings in its footer sorted: the writer takes them from hash sets of constants,
     * whose order changes from one run to the next.
     */
    private static void copyCanonically(Path file, OutputStream out) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int footerEnd = bytes.length - TRAILER_BYTES;
        int footerLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(footerEnd);
        FileMetaData footer =
                Util.readFileMetaData(new ByteArrayInputStream(bytes, footerEnd - footerLength, footerLength));
        for (RowGroup group : footer.getRow_groups()) {
            for (ColumnChunk chunk : group.getColumns()) {
                ColumnMetaData column = chunk.getMeta_data();
                column.getEncodings().sort(null);
                if (column.isSetEncoding_stats()) {
                    column.getEncoding_stats().sort(null);
                }
            }
        }
        ByteArrayOutputStream sorted = new ByteArrayOutputStream(footerLength);
        Util.writeFileMetaData(footer, sorted);
        out.write(bytes, 0, footerEnd - footerLength);
        sorted.writeTo(out);
        ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(trailer.putInt(sorted.size()).put(MAGIC).array());
    }

    private static MessageType schema(List<? extends Column<?>> columns) {
        return new MessageType("sweep", columns.stream().map(ParquetTable::type).toList());
    }

    private static Type type(Column<?> column) {
        return switch (column.kind()) {
            case INTEGER -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
            case DECIMAL -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case FLAG -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
            case TEXT ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column.name());
        };
    }
}
