package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a model into the form that {@link GraphImport} reads: weights inside, dense and of known value, functions in
 * the place of their calls, one meaning per name.
 */
final class ModelPreparation {
    private ModelPreparation() {}

    /**
     * Prepares a model.
     *
     * @param model the model as it stands in the file
     * @param folder the folder its weights may lie in, or null where there is none
     * @param bindings values of inputs by name
     * @return a model of the same meaning
     * @throws FormatException if it is damaged, or holds something that is not supported
     */
    static ModelProto prepare(ModelProto model, @Nullable Path folder, Map<String, Double> bindings)
            throws FormatException {
        requireDistinct(model.getGraph());
        GraphProto graph = ExternalWeights.load(model.getGraph(), folder);
        graph = SparseTensors.densify(graph);
        graph = BoundInputs.bind(graph, bindings);
        FreshNames names = new FreshNames(graph);
        graph = LocalFunctions.inline(model, graph, folder, names);
        graph = ScopedNames.distinct(graph, names);
        graph = BoundInputs.withoutUnread(graph);
        return model.toBuilder().setGraph(graph).clearFunctions().build();
    }

    /** Refuses two nodes that yield a value of one name, as ONNX Runtime does. */
    private static void requireDistinct(GraphProto graph) throws FormatException {
        Set<String> values = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            for (String output : node.getOutputList()) {
                if (!output.isEmpty() && !values.add(output)) {
                    throw new FormatException("graph", "two nodes yield " + LayerNames.shorten(output));
                }
            }
        }
    }
}
