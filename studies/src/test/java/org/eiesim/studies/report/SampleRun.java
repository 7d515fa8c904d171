package org.eiesim.studies.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.stats.Statistic;
import org.eiesim.simulator.stats.Statistics;
import org.eiesim.studies.json.JsonTree;
import org.eiesim.studies.workload.LayerShape;
import org.eiesim.studies.workload.SyntheticLayer;

/** A run's JSON made by running synthetic layers, in the shape {@code eie simulate} writes. Energies are invented. */
final class SampleRun {
    /** Three layers that differ in what bounds them. */
    static final List<LayerShape> SHAPES = List.of(
            new LayerShape("fc6", 1600, 640, 0.09, 0.35, true),
            new LayerShape("fc7", 640, 480, 0.25, 0.43, true),
            new LayerShape("fc8 <output> \u2211", 480, 100, 0.1, 1, false));

    private static final List<String> PER_PE = List.of(
            "accumulates",
            "padding_entries",
            "empty_columns",
            "starved_pe_cycles",
            "queue_full_pe_cycles",
            "fill_pe_cycles",
            "drain_pe_cycles",
            "spmat_row_reads");

    private static final Map<String, Double> PICOJOULES =
            Map.of("SpmatRead", 34.0, "PtrRead", 9.4, "ArithmUnit", 3.1, "ActRW", 2.2, "Act queue", 0.6, "clock", 0.4);

    private SampleRun() {}

    /** Runs the layers and returns the JSON. */
    static ObjectNode json(List<LayerShape> shapes, int numPes) {
        MachineConfig config = MachineConfig.defaults().with(Parameters.PES, numPes);
        List<Map<String, Object>> layers = new ArrayList<>();
        Map<String, Double> energyNj = new LinkedHashMap<>();
        long cycles = 0;
        for (LayerShape shape : shapes) {
            EventRecord events = run(SyntheticLayer.draw(shape, 1), config);
            cycles += events.cycles;
            layers.add(layer(shape, events, config, energyNj));
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", "eiesim-run");
        root.put("version", 1);
        root.put("tool", Map.of("version", "0.1.0", "java", "17.0.15"));
        root.put("command", "eie simulate alexnet-like.eie --arch eie-isca16 --json run.json");
        root.put("source", "alexnet-like.eie");
        root.put("network", "alexnet-like");
        root.put("arch", "eie-isca16");
        root.put("engine", "exact");
        root.put("numeric", "fixed16");
        root.put("config", config.toMap());
        root.put("inputs", 1);
        root.put("cycles", cycles);
        root.put("cycles_per_input", (double) cycles);
        root.put("time_us", config.microseconds(cycles));
        double totalNj =
                energyNj.values().stream().mapToDouble(Double::doubleValue).sum();
        root.put("energy_nj", totalNj);
        root.put("power_mw", totalNj / config.microseconds(cycles));
        root.put("area_mm2", 40.8);
        root.put("accuracy", null);
        root.put("energy", energy(energyNj, config.microseconds(cycles)));
        root.put("over_capacity", List.of(Map.of("layer", "fc6", "parameter", "pes", "needed", 2, "available", 1)));
        root.put("host", List.of(Map.of("name", "softmax", "kind", "softmax", "values", 100, "saturations", 0)));
        root.put("layers", layers);
        try {
            return (ObjectNode) new ObjectMapper().readTree(JsonTree.write(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EventRecord run(SyntheticLayer layer, MachineConfig config) {
        EventRecord events = new EventRecord(config.pes());
        new ExactEngine()
                .prepare(layer.image(config.pes(), config.get(Parameters.INDEX_BITS)), config, new Arithmetic.Float32())
                .run(layer.inputs(), 0, new float[layer.shape().numOutputs()], events);
        return events;
    }

    private static Map<String, Object> layer(
            LayerShape shape, EventRecord events, MachineConfig config, Map<String, Double> totalNj) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("name", shape.name());
        layer.put("kind", "dense");
        layer.put("shape", List.of(shape.numOutputs(), shape.numInputs()));
        layer.put("vectors", 1);
        layer.putAll(Statistics.of(events));
        layer.put("time_us", config.microseconds(events.cycles));
        long accumulates = Arrays.stream(events.accumulates).sum();
        Map<String, Double> energyNj = new LinkedHashMap<>();
        PICOJOULES.keySet().stream().sorted().forEach(name -> {
            long count = name.equals("PtrRead") ? events.pointerReads() : accumulates;
            double nj = PICOJOULES.getOrDefault(name, 0.0) * count / 1000;
            energyNj.put(name, nj);
            totalNj.merge(name, nj, Double::sum);
        });
        layer.put(
                "energy_nj",
                energyNj.values().stream().mapToDouble(Double::doubleValue).sum());
        layer.put("energy", energyNj);
        Map<String, long[]> perPe = new LinkedHashMap<>();
        for (Statistic statistic : Statistics.ALL) {
            if (PER_PE.contains(statistic.name()) && statistic.perPe() != null) {
                perPe.put(statistic.name(), statistic.perPe().apply(events));
            }
        }
        layer.put("transfers", Map.of("activations_loaded", shape.numInputs()));
        layer.put("per_pe", perPe);
        return layer;
    }

    private static Map<String, Object> energy(Map<String, Double> energyNj, double timeUs) {
        List<Map<String, Object>> components = new ArrayList<>();
        energyNj.forEach((name, nj) -> components.add(new LinkedHashMap<>(Map.of(
                "name",
                name,
                "energy_nj",
                nj,
                "power_mw",
                nj / timeUs,
                "area_mm2",
                PICOJOULES.getOrDefault(name, 0.0)))));
        return Map.of("components", components, "leakage_mw", 21.4);
    }
}
