package org.eiesim.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.models.network.Shape;
import org.eiesim.studies.networks.NetworkInspection;

/** What a float network holds, as a table and as JSON. */
final class InspectionTable {
    private InspectionTable() {}

    static void print(PrintWriter out, Path file, NetworkInspection network) {
        out.println(network.network() + " (" + file + "): " + Accuracies.count(network.parameters())
                + " parameters, " + Accuracies.count(network.denseBytes()) + " bytes of float32, "
                + Accuracies.count(network.multiplyAccumulates()) + " multiply-adds an input, " + network.numNodes()
                + " nodes");
        out.println("inputs " + values(network.inputs()) + "; outputs " + values(network.outputs()));
        out.println();
        NetworkInspection.Layer total = new NetworkInspection.Layer(
                "total",
                "",
                Shape.of(),
                Shape.of(),
                network.weights(),
                network.zeros(),
                0,
                network.multiplyAccumulates());
        out.print(new Table<NetworkInspection.Layer>()
                .text("layer", NetworkInspection.Layer::name)
                .text("kind", NetworkInspection.Layer::kind)
                .text(
                        "shape",
                        layer -> layer.shape().rank() == 0 ? "" : layer.shape().toString())
                .count("weights", NetworkInspection.Layer::weights)
                .count("zeros", NetworkInspection.Layer::zeros)
                .number("distinct", layer -> layer.distinct() == 0 ? "" : Long.toString(layer.distinct()))
                .count("multiply-adds", NetworkInspection.Layer::multiplyAccumulates)
                .format(network.layers(), List.of(total)));
    }

    private static String values(List<NetworkInspection.Value> values) {
        return String.join(
                ", ",
                values.stream()
                        .map(value -> value.name() + " (" + value.shape() + ")")
                        .toList());
    }

    static Map<String, Object> json(NetworkInspection network) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", network.network());
        json.put("dense_bytes", network.denseBytes());
        json.put("parameters", network.parameters());
        json.put("nodes", network.numNodes());
        json.put("multiply_adds", network.multiplyAccumulates());
        json.put("inputs", valuesJson(network.inputs()));
        json.put("outputs", valuesJson(network.outputs()));
        List<Map<String, Object>> layers = new ArrayList<>();
        for (NetworkInspection.Layer layer : network.layers()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", layer.name());
            item.put("kind", layer.kind());
            item.put("shape", layer.shape().toArray());
            item.put("output_shape", layer.output().toArray());
            item.put("weights", layer.weights());
            item.put("nonzeros", layer.weights() - layer.zeros());
            item.put("zeros", layer.zeros());
            item.put("distinct", layer.distinct());
            item.put("multiply_adds", layer.multiplyAccumulates());
            layers.add(item);
        }
        json.put("layers", layers);
        return json;
    }

    private static List<Map<String, Object>> valuesJson(List<NetworkInspection.Value> values) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (NetworkInspection.Value value : values) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", value.name());
            item.put("shape", value.shape().toArray());
            list.add(item);
        }
        return list;
    }
}
