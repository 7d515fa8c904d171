package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.eiesim.studies.version.ToolVersion;
import org.eiesim.studies.workload.Workload;

/** What a sweep found. Immutable. */
public final class SweepResult {
    private final SweepSpec spec;
    private final String key;
    private final List<SweepPoint> points;
    private final List<SweepRow> rows;
    private final List<SweepFronts.Front> fronts;
    private final int numInfeasible;
    private final int numResumed;

    SweepResult(
            SweepSpec spec,
            String key,
            List<SweepPoint> points,
            List<SweepRow> rows,
            List<SweepFronts.Front> fronts,
            int numInfeasible,
            int numResumed) {
        this.spec = spec;
        this.key = key;
        this.points = points;
        this.rows = rows;
        this.fronts = fronts;
        this.numInfeasible = numInfeasible;
        this.numResumed = numResumed;
    }

    /**
     * Returns the number of machines.
     *
     * @return points of the sample
     */
    public int numPoints() {
        return points.size();
    }

    /**
     * Returns the number of lines.
     *
     * @return machines times workloads
     */
    public int numLines() {
        return rows.size();
    }

    /**
     * Returns how many lines had been finished before this run.
     *
     * @return lines found in the journal
     */
    public int numResumed() {
        return numResumed;
    }

    /**
     * Returns how many lines have no results.
     *
     * @return lines whose machine does not exist or cannot run the workload
     */
    public int numImpossible() {
        return (int) rows.stream().filter(row -> !row.isPossible()).count();
    }

    /**
     * Returns how many lines have results of a machine that cannot keep its clock.
     *
     * @return lines that are on no front and best in nothing
     */
    public int numInfeasible() {
        return numInfeasible;
    }

    /**
     * Returns which time the fronts weigh.
     *
     * @return such as "time with transfers"
     */
    public String frontTime() {
        return spec.frontTime().text();
    }

    /**
     * A machine that is best in something.
     *
     * @param workload the workload, or {@code (all)} for the sum over all
     * @param what such as {@code fastest}
     * @param point the machine's number in the table
     * @param settings what it varies in, by parameter
     * @param timeUs microseconds on chip
     * @param streamedUs microseconds with transfers
     * @param energyNj nanojoules
     * @param areaMm2 square millimetres
     */
    public record Best(
            String workload,
            String what,
            int point,
            Map<String, String> settings,
            double timeUs,
            double streamedUs,
            double energyNj,
            double areaMm2) {}

    /**
     * Returns the best machines of each workload, and of all together, among those that can keep their clocks: the fastest
     * (in the time the fronts weigh), the one of least energy, of least energy-delay product, and the smallest; of equals
     * the first in the table.
     *
     * @return four machines a workload; none for a workload nothing can run
     */
    public List<Best> best() {
        List<Best> best = new ArrayList<>();
        for (SweepFronts.Front front : fronts) {
            addBest(best, front, "fastest", SweepFronts.Design::weighedUs);
            addBest(best, front, "least energy", SweepFronts.Design::energyNj);
            addBest(best, front, "least energy-delay", SweepFronts.Design::energyDelay);
            addBest(best, front, "smallest", SweepFronts.Design::areaMm2);
        }
        return best;
    }

    private void addBest(
            List<Best> best, SweepFronts.Front front, String what, ToDoubleFunction<SweepFronts.Design> number) {
        front.designs().stream().min(Comparator.comparingDouble(number)).ifPresent(design -> {
            Map<String, String> settings = new LinkedHashMap<>();
            for (Axis axis : spec.axes()) {
                String key = axis.parameter().key();
                settings.put(key, design.point().text(axis.parameter()));
            }
            best.add(new Best(
                    front.workload(),
                    what,
                    design.point().index(),
                    settings,
                    design.timeUs(),
                    design.streamedUs(),
                    design.energyNj(),
                    design.areaMm2()));
        });
    }

    /**
     * Returns the sizes of the fronts.
     *
     * @return machines on the front, by workload
     */
    public Map<String, Integer> frontSizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        fronts.forEach(front -> sizes.put(front.workload(), front.front().size()));
        return sizes;
    }

    /**
     * Returns the summary as a tree for JSON: the same for the same sweep, however it was run.
     *
     * @return a new map
     */
    public Map<String, Object> summary() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        spec.axes().forEach(axis -> parameters.put(axis.parameter().key(), axis.describe()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", "eiesim-sweep");
        tree.put("version", 1);
        tree.put("tool", Map.of("version", ToolVersion.text()));
        tree.put("key", key);
        tree.put("base", spec.baseName());
        tree.put("seed", spec.seed());
        tree.put("sample", spec.sample().describe());
        tree.put("parameters", parameters);
        tree.put("workloads", workloads());
        tree.put("points", numPoints());
        tree.put("lines", numLines());
        tree.put("impossible", numImpossible());
        tree.put("infeasible", numInfeasible);
        tree.put("front_time", spec.frontTime().column());
        tree.put("pareto", frontSizes());
        tree.put("best", best().stream().map(SweepResult::tree).toList());
        tree.put("columns", columns(Columns.ALL));
        tree.put("layer_columns", columns(Columns.LAYERS));
        return tree;
    }

    private List<Map<String, Object>> workloads() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Workload workload : spec.workloads()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", workload.name());
            item.put("identity", workload.identity());
            list.add(item);
        }
        return list;
    }

    private static Map<String, Object> tree(Best best) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("workload", best.workload());
        item.put("what", best.what());
        item.put("point", best.point());
        item.put("settings", best.settings());
        item.put("time_us", best.timeUs());
        item.put("streamed_us", best.streamedUs());
        item.put("energy_nj", best.energyNj());
        item.put("area_mm2", best.areaMm2());
        return item;
    }

    private static List<Map<String, Object>> columns(List<? extends Column<?>> columns) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Column<?> column : columns) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", column.name());
            item.put("unit", column.unit());
            item.put("meaning", column.meaning());
            list.add(item);
        }
        return list;
    }
}
