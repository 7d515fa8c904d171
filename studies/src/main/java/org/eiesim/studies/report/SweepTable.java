package org.eiesim.studies.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.config.Parameter;
import org.eiesim.simulator.config.Parameters;

/**
 * Reads the table of {@code eie sweep} and keeps what the report draws: per workload the machines' time, energy and area,
 * and the parameters in which they differ. Of a large table the Pareto front is kept whole and the rest thinned evenly.
 */
final class SweepTable {
    /** Machines drawn per workload, those on the front not counted. */
    static final int MAX_MACHINES = 2000;

    private static final String TABLE = "sweep.csv";
    private static final String WORKLOAD = "workload";
    private static final String FRONT = "pareto";
    private static final List<String> RESULTS = List.of("time_us", "energy_nj", "area_mm2");

    private SweepTable() {}

    /**
     * Reads a table.
     *
     * @param path a CSV file, or the folder that holds {@code sweep.csv}
     * @return {@code columns}, {@code parameters} and {@code workloads}, each with {@code name}, {@code total} and
     *     {@code rows} in the order of the columns
     * @throws IOException if it cannot be read, and {@link FormatException} if it lacks a column or a number is wrong
     */
    static ObjectNode read(Path path) throws IOException {
        Path file = Files.isDirectory(path) ? path.resolve(TABLE) : path;
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.parse(reader, format)) {
            for (String column : required()) {
                if (!parser.getHeaderNames().contains(column)) {
                    throw new FormatException(
                            file.toString(), "no column \"" + column + "\"; expected the table of eie sweep");
                }
            }
            return tree(file, parser.getHeaderNames(), possible(parser));
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new FormatException(file.toString(), "not a table of comma-separated values");
        }
    }

    private static List<String> required() {
        List<String> columns = new ArrayList<>(List.of(WORKLOAD, FRONT));
        columns.addAll(RESULTS);
        return columns;
    }

    private static Map<String, List<CSVRecord>> possible(CSVParser parser) {
        Map<String, List<CSVRecord>> workloads = new LinkedHashMap<>();
        for (CSVRecord row : parser) {
            if (row.isConsistent() && !row.get(RESULTS.get(0)).isEmpty()) {
                workloads
                        .computeIfAbsent(row.get(WORKLOAD), name -> new ArrayList<>())
                        .add(row);
            }
        }
        return workloads;
    }

    private static ObjectNode tree(Path file, List<String> header, Map<String, List<CSVRecord>> workloads)
            throws FormatException {
        List<String> parameters = varying(header, workloads);
        List<String> columns = new ArrayList<>();
        if (header.contains("point")) {
            columns.add("point");
        }
        columns.addAll(parameters);
        columns.addAll(RESULTS);
        columns.add(FRONT);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        columns.forEach(root.putArray("columns")::add);
        parameters.forEach(root.putArray("parameters")::add);
        ArrayNode list = root.putArray("workloads");
        for (Map.Entry<String, List<CSVRecord>> workload : workloads.entrySet()) {
            ObjectNode node = list.addObject().put("name", workload.getKey());
            node.put("total", workload.getValue().size());
            ArrayNode rows = node.putArray("rows");
            for (CSVRecord row : thinned(workload.getValue())) {
                addRow(file, rows.addArray(), columns, row);
            }
        }
        return root;
    }

    private static List<String> varying(List<String> header, Map<String, List<CSVRecord>> workloads) {
        Map<String, Set<String>> values = new HashMap<>();
        List<String> keys = Parameters.ALL.stream()
                .map(Parameter::key)
                .filter(header::contains)
                .toList();
        workloads
                .values()
                .forEach(rows -> rows.forEach(row -> keys.forEach(
                        key -> values.computeIfAbsent(key, k -> new HashSet<>()).add(row.get(key)))));
        return keys.stream()
                .filter(key -> values.getOrDefault(key, Set.of()).size() > 1)
                .toList();
    }

    private static List<CSVRecord> thinned(List<CSVRecord> rows) {
        int step = Math.max(1, (rows.size() + MAX_MACHINES - 1) / MAX_MACHINES);
        List<CSVRecord> kept = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i % step == 0 || isOnFront(rows.get(i))) {
                kept.add(rows.get(i));
            }
        }
        return kept;
    }

    private static boolean isOnFront(CSVRecord row) {
        return row.get(FRONT).equalsIgnoreCase("true");
    }

    private static void addRow(Path file, ArrayNode cells, List<String> columns, CSVRecord row) throws FormatException {
        for (String column : columns) {
            String text = row.get(column);
            if (column.equals(FRONT)) {
                cells.add(isOnFront(row));
                continue;
            }
            try {
                cells.add(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                if (RESULTS.contains(column)) {
                    throw new FormatException(
                            file.toString(),
                            "row " + row.getRecordNumber() + ", " + column + ": \"" + text + "\" is not a number");
                }
                cells.add(text);
            }
        }
    }
}
