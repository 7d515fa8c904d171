package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables and figures as a tree for {@link org.eiesim.studies.json.JsonTree}. */
public final class ReproductionJson {
    /** What {@code format} says. */
    public static final String FORMAT = "eiesim-reproduction";

    private static final int VERSION = 1;

    private ReproductionJson() {}

    /**
     * Builds the tree.
     *
     * @param artefacts what was made
     * @return {@code format}, {@code version} and {@code artefacts}: {@code id title notes comparisons[item quantity paper
     *     ours ratio input] grids[title columns rows[label values]]}; null where there is no number
     */
    public static Map<String, Object> of(List<Artefact> artefacts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("version", VERSION);
        tree.put("artefacts", artefacts.stream().map(ReproductionJson::artefact).toList());
        return tree;
    }

    private static Map<String, Object> artefact(Artefact artefact) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", artefact.id());
        item.put("title", artefact.title());
        item.put("notes", artefact.notes());
        List<Map<String, Object>> comparisons = new ArrayList<>();
        for (Comparison comparison : artefact.comparisons()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("item", comparison.item());
            row.put("quantity", comparison.quantity());
            row.put("paper", comparison.reference());
            row.put("ours", comparison.ours());
            row.put("ratio", comparison.ratio());
            row.put("input", comparison.input().label());
            comparisons.add(row);
        }
        item.put("comparisons", comparisons);
        item.put("grids", artefact.grids().stream().map(ReproductionJson::grid).toList());
        item.put("pictures", artefact.pictures().stream().map(Picture::name).toList());
        return item;
    }

    private static Map<String, Object> grid(Grid grid) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("title", grid.title());
        item.put("columns", grid.columns());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Grid.Row row : grid.rows()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("label", row.label());
            line.put("values", row.values());
            rows.add(line);
        }
        item.put("rows", rows);
        return item;
    }
}
