package org.eiesim.studies.sweep;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.eiesim.kernels.files.AtomicFiles;
import org.jspecify.annotations.Nullable;

/** Writes a table as comma-separated values (RFC 4180 but for line feeds alone), UTF-8, headings first, nulls empty. */
final class CsvTable {
    /** Few enough that every version of Java prints the same, and more than any figure is worth. */
    private static final MathContext DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);

    static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private CsvTable() {}

    /** Writes a file. */
    static <L> void write(Path file, List<Column<L>> columns, Iterable<L> lines) throws IOException {
        AtomicFiles.write(file, stream -> {
            Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            CSVPrinter printer = new CSVPrinter(writer, FORMAT);
            for (Column<L> column : columns) {
                printer.print(column.name());
            }
            printer.println();
            for (L line : lines) {
                for (Column<L> column : columns) {
                    printer.print(text(column.value().apply(line)));
                }
                printer.println();
            }
            printer.flush();
        });
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof Double number ? decimal(number) : value == null ? null : value.toString();
    }

    /** Writes a number with at most ten digits, without an exponent. */
    static String decimal(double value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
