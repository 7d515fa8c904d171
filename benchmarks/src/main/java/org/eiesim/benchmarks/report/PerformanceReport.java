package org.eiesim.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rewrites the tables of docs/performance.md, which stand between {@code <!-- NAME -->} and {@code <!-- end NAME -->}, and its
 * plot, from JMH's JSON results. A table none of whose benchmarks was run stays as it is:
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar org.eiesim.benchmarks.report.PerformanceReport docs/performance.md RESULTS.json...</pre>
 */
public final class PerformanceReport {
    private static final Map<String, ResultTable> TABLES = Map.of(
            "engine",
            new ResultTable(
                    "ExactEngineBenchmark", "scalarProduct", List.of("scalarProduct", "timing", "full", "ejmlProduct")),
            "clocked",
            new ResultTable("ClockedEngineBenchmark", "exact", List.of("exact", "functional", "clocked")),
            "network",
            new ResultTable("NetworkBenchmark", "exact", List.of("exact", "calibrate", "clocked")),
            "product",
            new ResultTable(
                    "SparseProductBenchmark",
                    "plainColumns",
                    List.of("plainColumns", "encodedStreams", "ejml", "ojAlgoColumns", "ojAlgoRows")),
            "huffman",
            new ResultTable(
                    "HuffmanBenchmark",
                    "huffmanDecode",
                    List.of(
                            "huffmanDecode",
                            "inflater",
                            "zstdDecode",
                            "huffmanEncode",
                            "deflaterHuffmanOnly",
                            "zstdEncode")),
            "kmeans",
            new ResultTable("KMeansBenchmark", "optimal", List.of("optimal", "linearStart", "commonsMath")),
            "selection",
            new ResultTable("MagnitudeSelectBenchmark", "select", List.of("select", "sort")),
            "index",
            new ResultTable(
                    "RelativeIndexBenchmark",
                    "decode",
                    List.of("decode", "encode", "countByWidth", "interleave", "deinterleave")),
            "scaling",
            new ResultTable("ExactScalingBenchmark", "full", List.of("full", "timing")));

    private PerformanceReport() {}

    /**
     * Rewrites the document.
     *
     * @param arguments the document, then JSON files
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("expected the document and at least one JSON file");
        }
        Path document = Path.of(arguments[0]);
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            files.add(Path.of(arguments[i]));
        }
        List<JmhResult> results = JmhResult.read(files);
        Files.writeString(document, filled(Files.readString(document), results));
        ScalingPlot.write(results, document.resolveSibling("performance-scaling"));
    }

    /** Returns the document with the tables there are results for filled in. */
    static String filled(String document, List<JmhResult> results) {
        String text = document;
        for (Map.Entry<String, ResultTable> table : new TreeMap<>(TABLES).entrySet()) {
            String begin = "<!-- " + table.getKey() + " -->\n";
            int from = text.indexOf(begin);
            int to = text.indexOf("<!-- end " + table.getKey() + " -->");
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("the document has no place for the table " + table.getKey());
            }
            String rows = table.getValue().render(results);
            if (!rows.isEmpty()) {
                text = text.substring(0, from + begin.length()) + "\n" + rows + "\n" + text.substring(to);
            }
        }
        return text;
    }
}
