package org.eiesim.models.importers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.ValueNames;
import org.jspecify.annotations.Nullable;

/** Builds a network from Caffe's description of it, layer by layer, with weights that are fetched as they are met. */
final class CaffeNetwork {
    /** Gives the parameters of convolutions and inner products, in the order of the description. */
    interface Parameters {
        /** Returns the weights of a layer; called once per layer, before its bias is asked for. */
        Tensor weight(String caffeName, String nodeName, Shape shape) throws FormatException;

        /** Returns the bias of the layer whose weights were fetched last. */
        Tensor bias(String caffeName, int numOutputs) throws FormatException;
    }

    private final Parameters parameters;
    private final Map<String, String> blobs = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final List<Network.Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private String lastBlob = "";

    private CaffeNetwork(Parameters parameters) {
        this.parameters = parameters;
    }

    /**
     * Builds the network.
     *
     * @param description the description
     * @param parameters gives the weights
     * @return the network; its outputs are the blobs that no layer reads
     * @throws FormatException if a layer is not supported or does not fit; the message names it
     */
    static Network build(Prototxt description, Parameters parameters) throws FormatException {
        CaffeNetwork network = new CaffeNetwork(parameters);
        network.declareInputs(description);
        List<Prototxt> layers = description.messages("layer");
        if (layers.isEmpty()) {
            throw new FormatException("description", "it has no layers");
        }
        for (Prototxt layer : layers) {
            network.add(layer);
        }
        String name = ValueNames.clean(description.word("name", "caffe"));
        return new Network(name, network.inputs, network.nodes, network.outputs());
    }

    private void declareInputs(Prototxt description) throws FormatException {
        List<String> names = description.words("input");
        List<Integer> extents = integers("description", description.words("input_dim"));
        for (Prototxt shape : description.messages("input_shape")) {
            extents.addAll(integers("description", shape.words("dim")));
        }
        if (extents.size() != 4 * names.size()) {
            throw new FormatException(
                    "description", names.size() + " inputs need 4 extents each, but there are " + extents.size());
        }
        for (int i = 0; i < names.size(); i++) {
            input(names.get(i), extents.subList(4 * i, 4 * i + 4));
        }
    }

    private void input(String blob, List<Integer> extents) throws FormatException {
        String name = ValueNames.clean(blob);
        Shape shape;
        try {
            shape = Shape.of(extents.get(1), extents.get(2), extents.get(3));
        } catch (IllegalArgumentException e) {
            throw new FormatException("input " + ValueNames.shorten(blob), String.valueOf(e.getMessage()));
        }
        inputs.add(new Network.Input(name, shape));
        shapes.put(name, shape);
        blobs.put(blob, name);
    }

    private static List<Integer> integers(String place, List<String> words) throws FormatException {
        List<Integer> values = new ArrayList<>();
        for (String word : words) {
            try {
                values.add(Integer.parseInt(word));
            } catch (NumberFormatException e) {
                throw new FormatException(place, ValueNames.shorten(word) + " is not a whole number");
            }
        }
        return values;
    }

    private void add(Prototxt message) throws FormatException {
        CaffeLayer layer = new CaffeLayer(message);
        try {
            if (layer.type().equals("Input")) {
                input(
                        layer.top(),
                        integers(
                                layer.place(),
                                layer.parameters("input_param").message("shape").words("dim")));
                return;
            }
            CaffeLayer.Rule rule = CaffeLayer.RULES.get(layer.type());
            if (rule == null) {
                throw layer.error("a layer of type " + ValueNames.shorten(layer.type()) + " is not supported");
            }
            String value = rule.apply(layer, this);
            blobs.put(layer.top(), value);
            lastBlob = layer.top();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw layer.error(String.valueOf(e.getMessage()));
        }
    }

    Parameters parameters() {
        return parameters;
    }

    /** Returns the value a blob is now; layers may overwrite blobs. */
    String value(CaffeLayer layer, String blob) throws FormatException {
        String value = blobs.get(blob);
        if (value == null) {
            throw layer.error("it reads " + ValueNames.shorten(blob) + ", which nothing before it yields");
        }
        read.add(value);
        return value;
    }

    Shape shape(String value) {
        Shape shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalStateException("no value " + value);
        }
        return shape;
    }

    /** Adds a node and returns its name. */
    String add(Node node) {
        shapes.put(node.name(), ShapeInference.infer(node, shapes));
        nodes.add(node);
        return node.name();
    }

    /** Returns the node that yields a value, or null where that is an input. */
    @Nullable
    Node producer(String value) {
        return nodes.stream()
                .filter(node -> node.name().equals(value))
                .findFirst()
                .orElse(null);
    }

    private List<String> outputs() {
        List<String> outputs = new ArrayList<>();
        for (Node node : nodes) {
            if (!read.contains(node.name()) && blobs.containsValue(node.name())) {
                outputs.add(node.name());
            }
        }
        if (outputs.isEmpty()) {
            outputs.add(blobs.getOrDefault(lastBlob, inputs.get(0).name()));
        }
        return outputs;
    }
}
