package org.eiesim.cli;

import java.util.Locale;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.compiler.container.LayerStatistics;

/** The table of Deep Compression (its Tables 2 to 5) for a container, a row per layer and their total. */
final class CompressionTable {
    private CompressionTable() {}

    /** Returns the table's lines and one that explains the columns. */
    static String format(FileStatistics file) {
        return new Table<LayerStatistics>()
                        .text("layer", LayerStatistics::name)
                        .number("weights", layer -> Accuracies.count(layer.weights()))
                        .decimal("left %", 1, LayerStatistics::percentLeft)
                        .count("code bits", layer -> (long) layer.weightBits())
                        .decimal("Huffman", 1, LayerStatistics::meanCodeBits)
                        .count("index bits", layer -> (long) layer.fixedIndexBits())
                        .decimal("Huffman", 1, LayerStatistics::meanIndexBits)
                        .decimal("P+Q %", 2, LayerStatistics::percentQuantized)
                        .decimal("P+Q+H %", 2, LayerStatistics::percentHuffman)
                        .format(file.layers(), file.total().stream().toList())
                + "P+Q: pruned and shared, code and index at these widths; P+Q+H: Huffman-coded, as in the file; in %"
                + " of float32.\n";
    }

    /** Returns one line on the whole file. */
    static String summary(FileStatistics file) {
        return Accuracies.count(file.fileBytes()) + " bytes, " + ratio(file) + " times smaller than "
                + Accuracies.count(file.denseBytes()) + " bytes of float32";
    }

    private static String ratio(FileStatistics file) {
        return String.format(Locale.ROOT, "%.1f", file.ratio());
    }
}
