package org.eiesim.models.importers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.data.NpyFile;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.ValueNames;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/**
 * A folder of NumPy arrays with a description, {@value #DESCRIPTION}: a chain of layers, each reading the one before.
 *
 * <pre>{@code
 * {"name": "net", "input": {"name": "x", "shape": [1, 28, 28]},
 *  "layers": [
 *    {"type": "convolution", "name": "c1", "weight": "c1.npy", "bias": "c1b.npy", "stride": 1, "pad": 0, "groups": 1},
 *    {"type": "max_pool", "kernel": 2, "stride": 2},
 *    {"type": "flatten"}, {"type": "dense", "name": "fc", "weight": "fc.npy"},
 *    {"type": "relu"}, {"type": "softmax"}]}
 * }</pre>
 *
 * <p>Weights are {@code [outputs, inputs]} or {@code [outputs, channels / groups, height, width]}; {@code lstm} and
 * {@code gru} take {@code input_weight}, {@code recurrent_weight} and {@code bias} in ONNX's order of gates. Further types:
 * {@code average_pool}, {@code sigmoid}, {@code tanh}. Biases are optional, names default to type and number.
 */
public final class NumpyFolder {
    /** The name of the description. */
    public static final String DESCRIPTION = "network.json";

    private final Path folder;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private String value = "";

    private NumpyFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a folder.
     *
     * @param folder the folder
     * @return the network
     * @throws FormatException if a file is missing or damaged, or a layer is not supported or does not fit; the message
     *     names file and layer
     * @throws IOException if reading fails
     */
    public static Network read(Path folder) throws IOException {
        Path file = folder.resolve(DESCRIPTION);
        JsonNode root = JsonFile.read(file);
        try {
            return new NumpyFolder(folder).network(root);
        } catch (FormatException e) {
            throw e.within(file.toString());
        }
    }

    private Network network(JsonNode root) throws IOException {
        JsonNode declared = root.path("input");
        String input = ValueNames.clean(declared.path("name").asText("input"));
        Shape shape = shape(declared.path("shape"));
        shapes.put(input, shape);
        value = input;
        JsonNode layers = root.path("layers");
        if (!layers.isArray() || layers.isEmpty()) {
            throw new FormatException("layers", "a list of layers is needed");
        }
        for (JsonNode layer : layers) {
            add(layer);
        }
        return new Network(
                ValueNames.clean(root.path("name").asText("network")),
                List.of(new Network.Input(input, shape)),
                nodes,
                List.of(value));
    }

    private static Shape shape(JsonNode extents) throws FormatException {
        int[] shape = new int[extents.size()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = extents.get(axis).asInt(0);
            if (shape[axis] < 1) {
                throw new FormatException("input", "its shape must be whole numbers of at least 1");
            }
        }
        if (shape.length == 0) {
            throw new FormatException("input", "it has no shape");
        }
        return Shape.of(shape);
    }

    private void add(JsonNode layer) throws IOException {
        String type = layer.path("type").asText("");
        String name = ValueNames.clean(layer.path("name").asText(type + (nodes.size() + 1)));
        try {
            Node node = node(layer, type, name);
            shapes.put(name, ShapeInference.infer(node, shapes));
            nodes.add(node);
            value = name;
        } catch (IllegalArgumentException e) {
            throw new FormatException("layer " + ValueNames.shorten(name), String.valueOf(e.getMessage()));
        }
    }

    private Node node(JsonNode layer, String type, String name) throws IOException {
        return switch (type) {
            case "dense" -> new Node.Dense(name, value, weight(layer, name, "weight"), optional(layer, "bias"));
            case "convolution" -> convolution(layer, name);
            case "lstm" -> recurrent(layer, name, RecurrentCell.LSTM);
            case "gru" -> recurrent(layer, name, RecurrentCell.GRU);
            case "max_pool" -> pooling(layer, name, Node.Pooling.Kind.MAXIMUM);
            case "average_pool" -> pooling(layer, name, Node.Pooling.Kind.AVERAGE);
            case "relu" -> new Node.Activation(name, value, ActivationFunction.RELU);
            case "sigmoid" -> new Node.Activation(name, value, ActivationFunction.SIGMOID);
            case "tanh" -> new Node.Activation(name, value, ActivationFunction.TANH);
            case "flatten" -> new Node.Flatten(name, value);
            case "softmax" -> new Node.Softmax(name, value);
            default ->
                throw new FormatException("layer " + name, "type " + ValueNames.shorten(type) + " is not supported");
        };
    }

    private Node convolution(JsonNode layer, String name) throws IOException {
        Tensor weight = weight(layer, name, "weight");
        if (weight.shape().rank() != 4) {
            throw new FormatException("layer " + name, "its weight has shape " + weight.shape() + ", not 4 axes");
        }
        Window window = window(layer, weight.shape().extent(2), weight.shape().extent(3), 1);
        int groups = layer.path("groups").asInt(1);
        return new Node.Convolution(name, value, weight, optional(layer, "bias"), window, groups);
    }

    private Node pooling(JsonNode layer, String name, Node.Pooling.Kind kind) {
        int kernel = layer.path("kernel").asInt(0);
        return new Node.Pooling(name, value, kind, window(layer, kernel, kernel, kernel), false, true);
    }

    private static Window window(JsonNode layer, int height, int width, int defaultStride) {
        int stride = layer.path("stride").asInt(defaultStride);
        int pad = layer.path("pad").asInt(0);
        return new Window(height, width, stride, stride, pad, pad, pad, pad, 1, 1);
    }

    private Node recurrent(JsonNode layer, String name, RecurrentCell cell) throws IOException {
        return new Node.Recurrent(
                name,
                value,
                cell,
                weight(layer, name, "input_weight"),
                weight(layer, name, "recurrent_weight"),
                optional(layer, "bias"));
    }

    private Tensor weight(JsonNode layer, String name, String role) throws IOException {
        Tensor tensor = optional(layer, role);
        if (tensor == null) {
            throw new FormatException("layer " + name, "it names no file for its " + role);
        }
        return tensor;
    }

    /** Reads an array; its file must lie in the folder. */
    private @Nullable Tensor optional(JsonNode layer, String role) throws IOException {
        if (!layer.hasNonNull(role)) {
            return null;
        }
        String file = layer.get(role).asText();
        Path path = folder.resolve(file).normalize();
        if (!path.startsWith(folder.normalize())) {
            throw new FormatException(ValueNames.shorten(file), "lies outside the folder");
        }
        return NpyFile.read(path);
    }
}
