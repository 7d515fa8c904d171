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
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.stats.Statistics;

/**
 * Reads the table of {@code eie sweep} and keeps what the report draws: per workload the machines' times, energies, area
 * and other results, and the parameters in which they differ. Of a large table the Pareto front is kept whole and the
 * rest thinned evenly.
 */
final class SweepTable {
    /** Machines drawn per workload, those on the front not counted. */
    static final int MAX_MACHINES = 2000;

    private static final String TABLE = "sweep.csv";
    private static final String WORKLOAD = "workload";
    private static final String FRONT = "pareto";
    private static final String INFEASIBLE = "infeasible";
    private static final String REASON = "reason";
    private static final List<String> RESULTS = List.of("time_us", "energy_nj", "area_mm2");

    /** Columns that are no result to draw along an axis, beside parameters and statistics. */
    private static final Set<String> NO_METRICS = Set.of("point", WORKLOAD, "status", FRONT, REASON, INFEASIBLE);

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    /** The parts that energy_nj is the sum of. */
    private static final Pattern ENERGY_PART = Pattern.compile("energy_(?!delay|nj).*_nj");

    private SweepTable() {}

    /**
     * Reads a table.
     *
     * @param path a CSV file, or the folder that holds {@code sweep.csv}
     * @return {@code columns}, the {@code parameters} and {@code metrics} among them, and {@code workloads}, each with
     *     {@code name}, {@code total}, {@code rows} in the order of the columns, and {@code impossible}: how many
     *     machines have no results, by reason
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
            return tree(file, parser.getHeaderNames(), byWorkload(parser));
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new FormatException(file.toString(), "not a table of comma-separated values");
        }
    }

    private static List<String> required() {
        List<String> columns = new ArrayList<>(List.of(WORKLOAD, FRONT));
        columns.addAll(RESULTS);
        return columns;
    }

    private static Map<String, List<CSVRecord>> byWorkload(CSVParser parser) {
        Map<String, List<CSVRecord>> workloads = new LinkedHashMap<>();
        for (CSVRecord row : parser) {
            if (row.isConsistent()) {
                workloads
                        .computeIfAbsent(row.get(WORKLOAD), name -> new ArrayList<>())
                        .add(row);
            }
        }
        return workloads;
    }

    private static boolean isPossible(CSVRecord row) {
        return !row.get(RESULTS.get(0)).isEmpty();
    }

    private static ObjectNode tree(Path file, List<String> header, Map<String, List<CSVRecord>> all)
            throws FormatException {
        Map<String, List<CSVRecord>> workloads = new LinkedHashMap<>();
        all.forEach((name, rows) -> {
            List<CSVRecord> possible =
                    rows.stream().filter(SweepTable::isPossible).toList();
            if (!possible.isEmpty()) {
                workloads.put(name, possible);
            }
        });
        List<String> parameters = varying(header, workloads);
        List<String> metrics = metrics(header, workloads);
        List<String> columns = new ArrayList<>();
        if (header.contains("point")) {
            columns.add("point");
        }
        columns.addAll(parameters);
        columns.addAll(metrics);
        if (header.contains(INFEASIBLE)) {
            columns.add(INFEASIBLE);
        }
        columns.add(FRONT);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        columns.forEach(root.putArray("columns")::add);
        parameters.forEach(root.putArray("parameters")::add);
        metrics.forEach(root.putArray("metrics")::add);
        ArrayNode list = root.putArray("workloads");
        for (Map.Entry<String, List<CSVRecord>> workload : workloads.entrySet()) {
            ObjectNode node = list.addObject().put("name", workload.getKey());
            node.put("total", workload.getValue().size());
            ArrayNode rows = node.putArray("rows");
            for (CSVRecord row : thinned(workload.getValue())) {
                addRow(file, rows.addArray(), columns, row);
            }
        }
        addImpossible(root.putArray("impossible"), header, all);
        return root;
    }

    /** Counts the machines without results by workload and reason, in the order of the table. */
    private static void addImpossible(ArrayNode list, List<String> header, Map<String, List<CSVRecord>> workloads) {
        workloads.forEach((workload, rows) -> {
            Map<String, Integer> reasons = new LinkedHashMap<>();
            rows.stream()
                    .filter(row -> !isPossible(row))
                    .forEach(row -> reasons.merge(header.contains(REASON) ? row.get(REASON) : "", 1, Integer::sum));
            reasons.forEach((reason, count) ->
                    list.addObject().put(WORKLOAD, workload).put(REASON, reason).put("machines", count));
        });
    }

    /** Returns the columns that can be drawn along an axis: results that are numbers, and not the same everywhere. */
    private static List<String> metrics(List<String> header, Map<String, List<CSVRecord>> workloads) {
        Set<String> others = new HashSet<>(NO_METRICS);
        Parameters.ALL.forEach(parameter -> others.add(parameter.key()));
        Statistics.ALL.forEach(statistic -> others.add(statistic.name()));
        return header.stream()
                .filter(column -> RESULTS.contains(column)
                        || (!others.contains(column)
                                && !ENERGY_PART.matcher(column).matches()
                                && isVaryingNumber(column, workloads)))
                .toList();
    }

    private static boolean isVaryingNumber(String column, Map<String, List<CSVRecord>> workloads) {
        Set<String> values = new HashSet<>();
        for (List<CSVRecord> rows : workloads.values()) {
            for (CSVRecord row : rows) {
                String text = row.get(column);
                if (!text.isEmpty() && !NUMBER.matcher(text).matches()) {
                    return false;
                }
                values.add(text);
            }
        }
        values.remove("");
        return values.size() > 1;
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

    private static boolean isFeasible(String text) {
        return text.isEmpty() || text.equalsIgnoreCase("false") || text.equals("null");
    }

    private static void addRow(Path file, ArrayNode cells, List<String> columns, CSVRecord row) throws FormatException {
        for (String column : columns) {
            String text = row.get(column);
            if (column.equals(FRONT)) {
                cells.add(isOnFront(row));
                continue;
            }
            if (column.equals(INFEASIBLE)) {
                cells.add(isFeasible(text) ? null : text);
                continue;
            }
            if (text.isEmpty() && !RESULTS.contains(column)) {
                cells.addNull();
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
