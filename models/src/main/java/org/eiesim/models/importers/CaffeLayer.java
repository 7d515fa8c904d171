package org.eiesim.models.importers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.eiesim.models.network.ValueNames;
import org.eiesim.models.network.Window;

/**
 * One layer of a Caffe description and what becomes of it. Pooling rounds output extents up and its averages count the
 * padding; convolution rounds down; inner products flatten their input.
 *
 * @param message the layer
 */
record CaffeLayer(Prototxt message) {
    static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("Concat", CaffeLayer::concat),
            Map.entry("Convolution", CaffeLayer::convolution),
            Map.entry("Dropout", CaffeLayer::dropout),
            Map.entry("Eltwise", CaffeLayer::elementwise),
            Map.entry("Flatten", (layer, network) -> network.add(new Node.Flatten(layer.node(), layer.in(network)))),
            Map.entry("InnerProduct", CaffeLayer::innerProduct),
            Map.entry("LRN", CaffeLayer::localResponse),
            Map.entry("Pooling", CaffeLayer::pooling),
            Map.entry("ReLU", CaffeLayer::relu),
            Map.entry("Sigmoid", (layer, network) -> layer.activation(network, ActivationFunction.SIGMOID)),
            Map.entry("Softmax", CaffeLayer::softmax),
            Map.entry("TanH", (layer, network) -> layer.activation(network, ActivationFunction.TANH)));

    /** Adds the nodes a layer becomes and returns the value it yields. */
    interface Rule {
        String apply(CaffeLayer layer, CaffeNetwork network) throws FormatException;
    }

    String name() {
        return message.word("name", "");
    }

    /** The name of the node it becomes. */
    String node() {
        return ValueNames.clean(name());
    }

    String type() {
        return message.word("type", "");
    }

    String place() {
        return "layer " + ValueNames.shorten(name());
    }

    Prototxt parameters(String block) {
        return message.message(block);
    }

    String top() throws FormatException {
        List<String> tops = message.words("top");
        if (tops.size() != 1) {
            throw error("it has " + tops.size() + " outputs, not 1");
        }
        return tops.get(0);
    }

    private String in(CaffeNetwork network) throws FormatException {
        List<String> bottoms = message.words("bottom");
        if (bottoms.size() != 1) {
            throw error("it has " + bottoms.size() + " inputs, not 1");
        }
        return network.value(this, bottoms.get(0));
    }

    private List<String> ins(CaffeNetwork network) throws FormatException {
        List<String> values = new ArrayList<>();
        for (String bottom : message.words("bottom")) {
            values.add(network.value(this, bottom));
        }
        return values;
    }

    FormatException error(String reason) {
        return new FormatException(place(), reason);
    }

    private int integer(Prototxt block, String field, int absent) throws FormatException {
        String word = block.word(field, String.valueOf(absent));
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw error(field + " is " + ValueNames.shorten(word) + ", not a whole number");
        }
    }

    private double number(Prototxt block, String field, double absent) throws FormatException {
        String word = block.word(field, String.valueOf(absent));
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw error(field + " is " + ValueNames.shorten(word) + ", not a number");
        }
    }

    private Window window(Prototxt block, int dilation) throws FormatException {
        int kernel = integer(block, "kernel_size", 0);
        int stride = integer(block, "stride", 1);
        int pad = integer(block, "pad", 0);
        int padHeight = integer(block, "pad_h", pad);
        int padWidth = integer(block, "pad_w", pad);
        return new Window(
                integer(block, "kernel_h", kernel),
                integer(block, "kernel_w", kernel),
                integer(block, "stride_h", stride),
                integer(block, "stride_w", stride),
                padHeight,
                padWidth,
                padHeight,
                padWidth,
                dilation,
                dilation);
    }

    private String convolution(CaffeNetwork network) throws FormatException {
        Prototxt block = parameters("convolution_param");
        String input = in(network);
        Shape image = image(network, input);
        int groups = integer(block, "group", 1);
        Window window = window(block, integer(block, "dilation", 1));
        int numOutputs = integer(block, "num_output", 0);
        if (groups < 1 || numOutputs < 1 || image.extent(0) % groups != 0) {
            throw error(groups + " groups do not fit " + image.extent(0) + " channels and " + numOutputs + " outputs");
        }
        Shape shape = Shape.of(numOutputs, image.extent(0) / groups, window.kernelHeight(), window.kernelWidth());
        Tensor weight = network.parameters().weight(name(), node(), shape);
        return network.add(
                new Node.Convolution(node(), input, weight, bias(network, block, numOutputs), window, groups));
    }

    private Tensor bias(CaffeNetwork network, Prototxt block, int numOutputs) throws FormatException {
        if (!block.word("bias_term", "true").equals("true")) {
            throw error("a layer without bias is not supported in this format");
        }
        return network.parameters().bias(name(), numOutputs);
    }

    private String innerProduct(CaffeNetwork network) throws FormatException {
        Prototxt block = parameters("inner_product_param");
        String input = in(network);
        if (network.shape(input).rank() != 1) {
            input = network.add(new Node.Flatten(node() + ".flat", input));
        }
        int numOutputs = integer(block, "num_output", 0);
        if (numOutputs < 1) {
            throw error("num_output is " + numOutputs);
        }
        Shape shape = Shape.of(numOutputs, network.shape(input).extent(0));
        Tensor weight = network.parameters().weight(name(), node(), shape);
        return network.add(new Node.Dense(node(), input, weight, bias(network, block, numOutputs)));
    }

    private Shape image(CaffeNetwork network, String value) throws FormatException {
        Shape shape = network.shape(value);
        if (shape.rank() != 3) {
            throw error("its input of shape " + shape + " is not channels x height x width");
        }
        return shape;
    }

    private String pooling(CaffeNetwork network) throws FormatException {
        Prototxt block = parameters("pooling_param");
        String input = in(network);
        Shape image = image(network, input);
        Window window = block.word("global_pooling", "false").equals("true")
                ? new Window(image.extent(1), image.extent(2), 1, 1, 0, 0, 0, 0, 1, 1)
                : window(block, 1);
        String kind = block.word("pool", "MAX");
        return switch (kind) {
            case "MAX" -> network.add(new Node.Pooling(node(), input, Node.Pooling.Kind.MAXIMUM, window, true, false));
            case "AVE" -> network.add(new Node.Pooling(node(), input, Node.Pooling.Kind.AVERAGE, window, true, true));
            default -> throw error("pooling " + ValueNames.shorten(kind) + " is not supported");
        };
    }

    private String relu(CaffeNetwork network) throws FormatException {
        double slope = number(parameters("relu_param"), "negative_slope", 0);
        return slope == 0
                ? activation(network, ActivationFunction.RELU)
                : network.add(new Node.Activation(
                        node(), in(network), ActivationFunction.LEAKY_RELU, List.of((float) slope)));
    }

    private String activation(CaffeNetwork network, ActivationFunction function) throws FormatException {
        return network.add(new Node.Activation(node(), in(network), function));
    }

    private String dropout(CaffeNetwork network) throws FormatException {
        return network.add(
                new Node.Dropout(node(), in(network), number(parameters("dropout_param"), "dropout_ratio", 0.5)));
    }

    private String concat(CaffeNetwork network) throws FormatException {
        int axis = integer(parameters("concat_param"), "axis", 1);
        if (axis < 1) {
            throw error("axis " + axis + " is not supported");
        }
        return network.add(new TensorNode.Concat(node(), ins(network), axis - 1));
    }

    private String elementwise(CaffeNetwork network) throws FormatException {
        String operation = parameters("eltwise_param").word("operation", "SUM");
        ArithmeticOperator operator = switch (operation) {
            case "SUM" -> ArithmeticOperator.ADD;
            case "PROD" -> ArithmeticOperator.MULTIPLY;
            case "MAX" -> ArithmeticOperator.MAXIMUM;
            default -> throw error("operation " + ValueNames.shorten(operation) + " is not supported");
        };
        List<String> values = ins(network);
        if (values.size() != 2 || !parameters("eltwise_param").words("coeff").isEmpty()) {
            throw error("only two inputs without coefficients are supported");
        }
        return network.add(new Node.Arithmetic(node(), operator, values.get(0), values.get(1)));
    }

    private String localResponse(CaffeNetwork network) throws FormatException {
        Prototxt block = parameters("lrn_param");
        String region = block.word("norm_region", "ACROSS_CHANNELS");
        if (!region.equals("ACROSS_CHANNELS")) {
            throw error("norm_region " + ValueNames.shorten(region) + " is not supported");
        }
        return network.add(new NormalizationNode.LocalResponse(
                node(),
                in(network),
                integer(block, "local_size", 5),
                number(block, "alpha", 1),
                number(block, "beta", 0.75),
                number(block, "k", 1)));
    }

    /** Over the channels; of an image of one pixel they are all values. */
    private String softmax(CaffeNetwork network) throws FormatException {
        String input = in(network);
        Shape shape = network.shape(input);
        if (shape.size() != shape.extent(0)) {
            throw error("a softmax over the channels of " + shape + " is not supported");
        }
        if (shape.rank() != 1) {
            input = network.add(new Node.Flatten(node() + ".flat", input));
        }
        return network.add(new Node.Softmax(node(), input));
    }
}
