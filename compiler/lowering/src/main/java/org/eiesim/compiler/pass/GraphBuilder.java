package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;

/** Takes a compressed network over into the graph that the passes lower. */
final class GraphBuilder {
    private GraphBuilder() {}

    static Graph build(CompressedNetwork compressed, Target target) throws FormatException {
        Network network = compressed.network();
        Map<String, Shape> shapes;
        try {
            shapes = ShapeInference.infer(network);
        } catch (IllegalArgumentException e) {
            throw new FormatException("network " + network.name(), String.valueOf(e.getMessage()));
        }
        Map<ParameterKey, CompressedLayer> layers = new HashMap<>();
        compressed.layers().forEach(layer -> layers.put(layer.key(), layer));
        List<Operation> operations = new ArrayList<>();
        for (Node node : network.nodes()) {
            operations.add(new Operation.Source(node, node.inputs(), sharedWeights(node, layers, target)));
        }
        return new Graph(
                network.name(),
                target,
                shapes,
                network.inputs().stream().map(Network.Input::name).toList(),
                operations,
                network.outputs().stream()
                        .map(output -> new Graph.Output(output, output))
                        .toList(),
                null);
    }

    private static Map<String, SharedWeights> sharedWeights(
            Node node, Map<ParameterKey, CompressedLayer> layers, Target target) throws FormatException {
        Map<String, SharedWeights> byRole = new LinkedHashMap<>();
        if (node instanceof TensorNode.Embedding) {
            // A table the host looks up; it never enters the machine.
            return byRole;
        }
        for (Map.Entry<String, Tensor> parameter : node.parameters().entrySet()) {
            ParameterKey key = new ParameterKey(node.name(), parameter.getKey());
            if (parameter.getValue().shape().rank() < 2 || !key.isLearnt()) {
                continue;
            }
            CompressedLayer layer = layers.get(key);
            if (layer == null) {
                throw new FormatException(
                        "layer " + key.layerName(),
                        "its weights are not shared; compress it first, with a recipe that shares weights in this"
                                + " layer");
            }
            int codebookSize = layer.codebook().length;
            if (codebookSize > 1 << target.weightBits()) {
                throw new FormatException(
                        "layer " + key.layerName(),
                        codebookSize + " shared weights need weight_bits of at least "
                                + (Integer.SIZE - Integer.numberOfLeadingZeros(codebookSize - 1)) + ", the machine has "
                                + target.weightBits());
            }
            byRole.put(parameter.getKey(), SharedWeights.of(layer));
        }
        return byRole;
    }
}
