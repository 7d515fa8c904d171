package org.eiesim.studies.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.InstructionFormats;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.simulator.energy.Cost;
import org.eiesim.simulator.energy.CriticalPath;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.HostRun;
import org.eiesim.simulator.machine.LayerRun;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.simulator.machine.TransferCounts;
import org.eiesim.simulator.stats.Statistic;
import org.eiesim.simulator.stats.Statistics;
import org.eiesim.studies.version.ToolVersion;
import org.jspecify.annotations.Nullable;

/** A simulation's result as JSON: what {@code simulate --json} writes and {@code report} reads. */
public final class RunJson {
    /** What {@code format} says. */
    public static final String FORMAT = "eiesim-run";

    /** What {@code version} says. */
    public static final int VERSION = 1;

    private final SimulationResult result;
    private final RunCost cost;

    private RunJson(SimulationResult result) {
        this.result = result;
        cost = result.cost();
    }

    /**
     * Builds the tree.
     *
     * @param result the result
     * @param command the command line that made it
     * @param source the source as the user named it
     * @param architecture the machine as the user named it
     * @return a map for {@link org.eiesim.studies.json.JsonTree}; keys whose value is not known are null
     */
    public static Map<String, Object> of(SimulationResult result, String command, String source, String architecture) {
        return new RunJson(result).tree(command, source, architecture);
    }

    private Map<String, Object> tree(String command, String source, String architecture) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("version", VERSION);
        tree.put("tool", Map.of("version", ToolVersion.text(), "java", System.getProperty("java.version", "")));
        tree.put("command", command);
        tree.put("source", source);
        tree.put("network", result.job().name());
        MachineName name = MachineName.of(architecture, result.job().config());
        tree.put("arch", architecture);
        tree.put("preset", name.preset());
        tree.put("changes", name.changes());
        tree.put("engine", lower(result.simulation().engine()));
        tree.put("numeric", result.simulation().numeric() == Numeric.FLOAT32 ? "float32" : "fixed16");
        tree.put("config", result.job().config().toMap());
        tree.put("inputs", result.run().numInputs());
        tree.put("cycles", result.run().cycles());
        tree.put("cycles_per_input", result.cyclesPerInput());
        tree.put("time_us", result.timeMicroseconds());
        tree.put("streamed_us", result.run().streamedMicroseconds());
        tree.put("energy_nj", cost.energyNj().total());
        tree.put("time_us_per_input", perInput(result.timeMicroseconds()));
        tree.put("streamed_us_per_input", perInput(result.run().streamedMicroseconds()));
        tree.put("energy_nj_per_input", perInput(cost.energyNj().total()));
        tree.put("power_mw", cost.powerMw().total());
        tree.put("area_mm2", cost.model().area().mm2());
        tree.put("leakage_mw", cost.model().leakagePowerMw());
        tree.put("leakage_cells", EnergyParts.cells(cost.total()));
        tree.put("leakage_included", cost.model().isLeakageIncluded());
        tree.putAll(clock());
        tree.putAll(Statistics.ratiosOf(result.events()));
        tree.put("accuracy", result.accuracy());
        tree.put("saturations", result.run().saturations());
        tree.put("verified", result.simulation().isVerified() ? true : null);
        tree.put("over_capacity", overCapacity());
        tree.put("notes", result.notes());
        tree.put("energy", EnergyJson.of(cost));
        tree.put("output_formats", outputFormats());
        tree.put("setup_transfers", transfers(result.run().setupTransfers()));
        tree.put("host", host());
        tree.put("layers", layers());
        return tree;
    }

    private double perInput(double total) {
        return result.run().numInputs() == 0 ? 0 : total / result.run().numInputs();
    }

    /** Whether the machine can keep its clock, and what sets the highest one. */
    private Map<String, Object> clock() {
        CriticalPath path = cost.model().criticalPath();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("infeasible", path.infeasible());
        tree.put("limiting_part", path.limiting().name());
        tree.put("limiting_ns", path.limiting().delayNs().value());
        tree.put("highest_clock_mhz", path.highestClockMhz());
        List<Map<String, Object>> parts = new ArrayList<>();
        for (CriticalPath.Part part : path.parts()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", part.name());
            item.put("memory", part.isMemory());
            item.put("ns", part.delayNs().value());
            item.put("extrapolated", part.delayNs().extrapolated());
            item.put("source", part.delayNs().source().toString());
            parts.add(item);
        }
        tree.put("critical_path", parts);
        return tree;
    }

    private List<Map<String, Object>> overCapacity() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (OverCapacity over : result.job().overCapacity()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("layer", over.layer());
            item.put("parameter", over.parameter());
            item.put("needed", over.needed());
            item.put("available", over.available());
            list.add(item);
        }
        return list;
    }

    private List<Map<String, Object>> outputFormats() {
        return result.run().outputFormats().stream().map(RunJson::format).toList();
    }

    private static Map<String, Object> format(QFormat format) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("bits", format.bits());
        item.put("fraction_bits", format.fractionBits());
        return item;
    }

    private List<Map<String, Object>> host() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (HostRun host : result.run().hostOperations()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", host.name());
            item.put("kind", lower(host.kind()));
            item.put("values", host.values());
            item.put("operations", host.operations());
            item.put("saturations", host.saturations());
            list.add(item);
        }
        return list;
    }

    private List<Map<String, Object>> layers() {
        List<@Nullable LayerFormats> formats = new ArrayList<>();
        for (Instruction instruction : result.program().body()) {
            if (instruction.opcode() == Opcode.SET_FORMATS) {
                formats.add(InstructionFormats.layerFormats(instruction));
            }
        }
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < result.run().layers().size(); i++) {
            boolean isFixed = result.simulation().numeric() == Numeric.FIXED_POINT && i < formats.size();
            list.add(layer(result.run().layers().get(i), cost.layers().get(i), isFixed ? formats.get(i) : null));
        }
        return list;
    }

    private Map<String, Object> layer(LayerRun layer, Cost layerCost, @Nullable LayerFormats formats) {
        Map<String, Object> item = new LinkedHashMap<>();
        EventRecord events = layer.events();
        item.put("name", layer.layer().name());
        item.put("kind", lower(layer.layer().kind()));
        item.put("shape", layer.layer().weightShape());
        item.put("nonzeros", layer.layer().numNonzeros());
        item.put("vectors", layer.layer().numVectors());
        item.put("time_us", result.job().config().microseconds(events.cycles));
        item.put("streamed_us", layer.streamedMicroseconds());
        item.putAll(Statistics.ratiosOf(events));
        item.put("infeasible", cost.model().criticalPath().infeasible());
        item.put("energy_nj", EnergyJson.nanojoules(layerCost));
        item.putAll(Statistics.of(events));
        item.put("formats", formats == null ? null : formats(formats));
        item.put("transfers", transfers(layer.transfers()));
        item.put("energy", EnergyJson.byComponent(layerCost));
        Map<String, Object> perPe = new LinkedHashMap<>();
        for (Statistic statistic : Statistics.ALL) {
            Function<EventRecord, long[]> counts = statistic.perPe();
            if (counts != null) {
                perPe.put(statistic.name(), counts.apply(events));
            }
        }
        item.put("per_pe", perPe);
        return item;
    }

    private static Map<String, Object> formats(LayerFormats formats) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("input", format(formats.input()));
        item.put("weight", format(formats.weight()));
        item.put("accumulator", format(formats.accumulator()));
        item.put("output", format(formats.output()));
        return item;
    }

    private static Map<String, Object> transfers(TransferCounts counts) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("weight_entries", counts.weightEntries());
        item.put("column_pointers", counts.columnPointers());
        item.put("shared_weights", counts.sharedWeights());
        item.put("biases", counts.biases());
        item.put("activations_loaded", counts.activationsLoaded());
        item.put("activations_stored", counts.activationsStored());
        return item;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
