package org.eiesim.simulator.figures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.compiler.yaml.YamlTree.Mapping;
import org.eiesim.compiler.yaml.YamlTree.Sequence;
import org.eiesim.compiler.yaml.YamlTree.Value;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.figures.OwnFigures.FileSum;
import org.eiesim.simulator.figures.OwnFigures.Operation;
import org.eiesim.simulator.figures.OwnFigures.Own;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of figures: one of our own, whose grammar docs/energy.md has, or a table of Accelergy (ERT, ART, or their
 * summaries), which one of our own may also name.
 */
public final class OwnFiguresReader {
    private static final long MAX_FILE_BYTES = 1 << 22;
    private static final double BUILT_IN_NM = 45;
    private static final List<String> SECTIONS = List.of(
            "node",
            "sram",
            "operations",
            "stages",
            "register",
            "wire",
            "dram",
            "leakage",
            "actions",
            "areas",
            "accelergy");
    /** What every figure of a machine comes from; a file that lacks one of them leaves it built in. */
    private static final List<String> REPORTED =
            List.of("sram", "operations", "stages", "register", "wire", "dram", "leakage");

    private final String where;
    private final Path folder;
    private final List<FileSum> files = new ArrayList<>();
    private final List<OwnFigures.Sram> srams = new ArrayList<>();
    private final Map<String, List<Operation>> operations = new HashMap<>();
    private final Map<String, Operation> stages = new HashMap<>();
    private final Map<String, Own> singles = new HashMap<>();
    private final Map<String, Own> actions = new HashMap<>();
    private final Map<String, Own> areas = new HashMap<>();
    private @Nullable String leakageCells;

    private OwnFiguresReader(String where, Path folder) {
        this.where = where;
        this.folder = folder;
    }

    /**
     * Reads a file.
     *
     * @param file its path
     * @return its figures, named as the path
     * @throws FormatException in one line naming file and line, if it is not right: a key unknown (with the nearest known
     *     one), a number negative or missing, a figure without a source, a name of Accelergy's that is none of ours
     * @throws IOException if it cannot be read
     */
    public static OwnFigures read(Path file) throws IOException {
        Path folder = file.getParent();
        return new OwnFiguresReader(file.toString(), folder == null ? Path.of("") : folder).figures(file);
    }

    private OwnFigures figures(Path file) throws IOException {
        Value root = tree(file);
        List<String> missing = new ArrayList<>();
        double nm = BUILT_IN_NM;
        if (AccelergyTables.isOne(root)) {
            new AccelergyTables(where, actions, areas).read(root);
        } else {
            FigureValues values = FigureValues.of(root, "a file of figures", SECTIONS, where);
            FigureValues node =
                    FigureValues.of(values.require("node"), "node", List.of("technology_nm", "source"), where);
            nm = node.positive("technology_nm");
            var unused = node.text("source");
            sections(values);
            for (String section : REPORTED) {
                if (values.get(section) == null) {
                    missing.add(section);
                }
            }
        }
        if (!actions.isEmpty()) {
            FigureNames.ACTIONS.forEach((component, names) -> names.stream()
                    .map(name -> component + "." + name)
                    .filter(name -> !actions.containsKey(name))
                    .forEach(missing::add));
        }
        if (!areas.isEmpty()) {
            FigureNames.AREAS.stream()
                    .filter(name -> !areas.containsKey(name))
                    .forEach(name -> missing.add("area of " + name));
        }
        return new OwnFigures(
                where, files, nm, srams, operations, stages, singles, leakageCells, actions, areas, missing);
    }

    private Value tree(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file.toString(), Files.exists(file) ? "is not a file" : "there is no such file");
        }
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new FormatException(
                    file.toString(), "has " + Files.size(file) + " bytes, figures need at most " + MAX_FILE_BYTES);
        }
        byte[] bytes = Files.readAllBytes(file);
        files.add(new FileSum(file.toString(), sha256(bytes)));
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return YamlTree.read(text, file.toString());
        } catch (CharacterCodingException e) {
            throw new FormatException(file.toString(), "is not UTF-8 text");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void sections(FigureValues values) throws IOException {
        if (values.get("sram") != null) {
            for (Value item : values.items("sram")) {
                srams.add(sram(item));
            }
        }
        if (values.get("operations") != null) {
            operations(values.require("operations"));
        }
        if (values.get("stages") != null) {
            stages(values.require("stages"));
        }
        single(values, "register", List.of("cycle_pj", "area_um2"));
        single(values, "wire", List.of("pj_per_mm"));
        single(values, "dram", List.of("pj_per_bit"));
        if (values.get("leakage") != null) {
            FigureValues leakage = FigureValues.of(
                    values.require("leakage"), "leakage", List.of("mw_per_pe", "cells", "source"), where);
            leakageCells = leakage.text("cells");
            singles.put(OwnFigures.LEAKAGE_MW, new Own(leakage.number("mw_per_pe"), leakage.text("source")));
        }
        if (values.get("actions") != null) {
            actions(values.require("actions"));
        }
        if (values.get("areas") != null) {
            areas(values.require("areas"));
        }
        if (values.get("accelergy") != null) {
            for (Value item : values.items("accelergy")) {
                accelergy(item);
            }
        }
    }

    private OwnFigures.Sram sram(Value item) throws FormatException {
        FigureValues sram = FigureValues.of(
                item,
                "a memory of sram",
                List.of(
                        "memory",
                        "bytes",
                        "width_bits",
                        "read_pj",
                        "write_pj",
                        "leakage_mw",
                        "access_ns",
                        "area_mm2",
                        "source"),
                where);
        return new OwnFigures.Sram(
                sram.word("memory", FigureNames.MEMORIES),
                sram.positive("bytes"),
                sram.positive("width_bits"),
                sram.number("read_pj"),
                sram.number("write_pj"),
                sram.number("leakage_mw"),
                sram.positive("access_ns"),
                sram.positive("area_mm2"),
                sram.text("source"));
    }

    private void operations(Value value) throws FormatException {
        Mapping map = YamlTree.mapping(value, "operations", FigureNames.OPERATIONS, where);
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            String name = entry.getKey();
            List<Value> items = entry.getValue() instanceof Sequence list ? list.items() : List.of(entry.getValue());
            List<Operation> points = new ArrayList<>();
            for (Value item : items) {
                FigureValues point = FigureValues.of(
                        item, "operation " + name, List.of("bits", "energy_pj", "area_um2", "source"), where);
                points.add(new Operation(
                        point.positive("bits"),
                        FigureNames.ENERGY_OPERATIONS.contains(name) ? point.positive("energy_pj") : Double.NaN,
                        FigureNames.AREA_OPERATIONS.contains(name) ? point.positive("area_um2") : Double.NaN,
                        Double.NaN,
                        point.text("source")));
            }
            if (points.isEmpty()) {
                throw new FormatException(
                        where + " line " + entry.getValue().line(), "operation " + name + " has none");
            }
            points.sort(Comparator.comparingDouble(Operation::bits));
            for (int i = 1; i < points.size(); i++) {
                if (points.get(i).bits() == points.get(i - 1).bits()) {
                    throw new FormatException(
                            where + " line " + entry.getValue().line(), "operation " + name + " has two of one width");
                }
            }
            operations.put(name, points);
        }
    }

    private void stages(Value value) throws FormatException {
        Mapping map = YamlTree.mapping(value, "stages", FigureNames.STAGES, where);
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            FigureValues stage = FigureValues.of(
                    entry.getValue(), "stage " + entry.getKey(), List.of("bits", "delay_ns", "source"), where);
            stages.put(
                    entry.getKey(),
                    new Operation(
                            Math.max(2, stage.positive("bits")),
                            Double.NaN,
                            Double.NaN,
                            stage.positive("delay_ns"),
                            stage.text("source")));
        }
    }

    private void single(FigureValues values, String section, List<String> keys) throws FormatException {
        Value written = values.get(section);
        if (written == null) {
            return;
        }
        List<String> known = new ArrayList<>(keys);
        known.add("source");
        FigureValues figures = FigureValues.of(written, section, known, where);
        for (String key : keys) {
            singles.put(section + "." + key, new Own(figures.number(key), figures.text("source")));
        }
    }

    private void actions(Value value) throws FormatException {
        Mapping map = YamlTree.mapping(value, "actions", List.copyOf(FigureNames.ACTIONS.keySet()), where);
        for (Map.Entry<String, Value> component : map.entries().entrySet()) {
            List<String> known = FigureNames.ACTIONS.getOrDefault(component.getKey(), List.of());
            Mapping names = YamlTree.mapping(component.getValue(), component.getKey(), known, where);
            for (Map.Entry<String, Value> action : names.entries().entrySet()) {
                FigureValues figure =
                        FigureValues.of(action.getValue(), "action " + action.getKey(), List.of("pj", "source"), where);
                actions.put(
                        component.getKey() + "." + action.getKey(),
                        new Own(figure.number("pj"), figure.text("source")));
            }
        }
    }

    private void areas(Value value) throws FormatException {
        Mapping map = YamlTree.mapping(value, "areas", FigureNames.AREAS, where);
        for (Map.Entry<String, Value> component : map.entries().entrySet()) {
            FigureValues figure = FigureValues.of(
                    component.getValue(), "area of " + component.getKey(), List.of("um2", "source"), where);
            areas.put(component.getKey(), new Own(figure.number("um2"), figure.text("source")));
        }
    }

    private void accelergy(Value item) throws IOException {
        if (!(item instanceof YamlTree.Scalar name)) {
            throw new FormatException(where + " line " + item.line(), "accelergy takes a list of files");
        }
        Path file = folder.resolve(name.value().toString());
        Value root = tree(file);
        if (!AccelergyTables.isOne(root)) {
            throw new FormatException(
                    file.toString(),
                    "is no table of Accelergy: it begins with none of ERT, ART," + " ERT_summary, ART_summary");
        }
        new AccelergyTables(file.toString(), actions, areas).read(root);
    }
}
