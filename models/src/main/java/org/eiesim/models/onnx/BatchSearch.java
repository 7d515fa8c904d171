package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * Finds which axis of each input is the batch: the first one (the second where a recurrent cell reads steps first), as long as
 * no operator mixes its samples. An input whose first axis is mixed has another batch axis or none; it is then read whole.
 */
final class BatchSearch {
    private static final int MAX_ATTEMPTS = 64;

    private final GraphProto graph;
    private final int opset;
    private final DimensionExtents dimensions;
    private final boolean hasSteps;
    private final Map<String, Integer> axes = new HashMap<>();
    private Map<String, Integer> found = Map.of();
    private ImportJournal journal = new ImportJournal();

    /** A network, and how it has come about. */
    record Imported(Network network, ImportJournal journal) {}

    private BatchSearch(GraphProto graph, int opset, DimensionExtents dimensions) {
        this.graph = graph;
        this.opset = opset;
        this.dimensions = dimensions;
        this.hasSteps = graph.getNodeList().stream().anyMatch(RecurrentOperators::readsStepsFirst);
    }

    /**
     * Imports a graph.
     *
     * @param graph the graph
     * @param opset the version of ONNX's operator set
     * @param dimensions extents of dynamic dimensions by name
     * @param defaultName the network's name where the graph has none
     * @return the network, and what has become of the nodes of the graph
     * @throws FormatException if something in the graph is damaged or not supported, or an extent is given to a dimension
     *     that is none or is the batch
     */
    static Imported run(GraphProto graph, int opset, Map<String, Integer> dimensions, String defaultName)
            throws FormatException {
        DimensionExtents extents = DimensionExtents.of(graph, dimensions);
        BatchSearch search = new BatchSearch(graph, opset, extents);
        Network network = search.network(defaultName);
        extents.requireNoBatch(search.found);
        return new Imported(network, search.journal);
    }

    private Network network(String defaultName) throws FormatException {
        MixedBatchException mixed = null;
        FormatException first = null;
        for (int attempt = 0; ; attempt++) {
            GraphImport run = new GraphImport(graph, opset, dimensions, axes);
            try {
                Network network = run.run(defaultName);
                found = run.batchAxes();
                journal = run.journal();
                return network;
            } catch (MixedBatchException e) {
                mixed = mixed == null ? e : mixed;
                exclude(e, attempt >= MAX_ATTEMPTS);
            } catch (FormatException e) {
                if (first != null || axes.containsValue(Operand.NO_BATCH) || !run.hasBatch()) {
                    throw failure(mixed, first == null ? e : first);
                }
                first = e;
                run.batchAxes().keySet().forEach(input -> axes.put(input, Operand.NO_BATCH));
            }
        }
    }

    private static FormatException failure(@Nullable MixedBatchException mixed, FormatException otherwise) {
        return mixed == null
                ? otherwise
                : new FormatException(
                        mixed.place(), mixed.reason() + "; taken as one tensor: " + otherwise.getMessage());
    }

    /** Takes another axis of the inputs whose batch an operator mixes, or none. */
    private void exclude(MixedBatchException mixed, boolean all) {
        Set<String> inputs = mixed.inputs();
        for (ValueInfoProto input : graph.getInputList()) {
            String name = input.getName();
            if (inputs.contains(name) || all) {
                int rank = input.getType().getTensorType().getShape().getDimCount();
                boolean isSequence = mixed.suggestedAxis() == 1 ? rank > 1 : hasSteps && rank > 2;
                boolean isFirst = axes.getOrDefault(name, 0) == 0;
                axes.put(name, isFirst && isSequence && !all ? 1 : Operand.NO_BATCH);
            }
        }
    }
}
