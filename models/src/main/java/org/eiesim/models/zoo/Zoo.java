package org.eiesim.models.zoo;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eiesim.kernels.check.EditDistance;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;

/**
 * Makes untrained networks by name:
 *
 * <ul>
 *   <li>{@code lenet-300-100}: dense layers of 300 and 100 outputs with ReLU, and one of an output per class (LeCun et
 *       al. 1998; the network of Deep Compression, Table 2);
 *   <li>{@code mlp-<h1>-<h2>-...}: the same with hidden layers of the given sizes, one or more;
 *   <li>either with {@code -dropout<percent>} appended: dropout at that rate after each hidden layer.
 * </ul>
 *
 * Beside them, every network of {@link PublishedNetworks} whose input and classes are those of the data, with weights
 * uniform as there and none of them zero.
 *
 * <p>Dense layers of the former are named {@code fc1}, {@code fc2}, and so on; the last yields logits.
 */
public final class Zoo {
    private static final Pattern DROPOUT = Pattern.compile("(.+)-dropout([0-9]{1,2})");

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "lenet-300-100", "lenet-300-100", Pattern.compile("lenet-(300-100)"), MultilayerPerceptron::create),
            new Entry(
                    "mlp-<h1>-<h2>-...",
                    "mlp-300-100",
                    Pattern.compile("mlp-([0-9]+(?:-[0-9]+)*)"),
                    MultilayerPerceptron::create));

    private Zoo() {}

    /**
     * A network, or a family of them.
     *
     * @param form its name as users see it, with placeholders
     * @param example one name that means it, to be suggested
     * @param name all names that mean it; the first group holds the sizes
     * @param factory makes the network
     */
    private record Entry(String form, String example, Pattern name, Factory factory) {}

    /** Makes a network of one entry. */
    @FunctionalInterface
    interface Factory {
        /** Makes the network; {@code sizes} is what the entry's pattern captured. */
        Network create(NetworkSpec spec, String sizes);
    }

    /**
     * Returns the known names.
     *
     * @return the names, with placeholders such as {@code <h1>} for numbers
     */
    public static List<String> names() {
        return ENTRIES.stream().map(Entry::form).toList();
    }

    /**
     * Makes a network with random weights: He's normal initialisation ({@code N(0, 2 / inputs)}) before a ReLU, Glorot's
     * uniform one ({@code +-sqrt(6 / (inputs + outputs))}) elsewhere, biases 0.
     *
     * @param name its name
     * @param input the shape of one sample
     * @param numClasses number of outputs, at least 1
     * @param seed of the weights; the same seed gives the same weights
     * @return the network, with one input named {@code input}
     * @throws IllegalArgumentException if the name is unknown (the message has the nearest known one), a size is 0 or
     *     too large, the input has no values, or a published network takes other inputs or yields other classes
     */
    public static Network create(String name, Shape input, int numClasses, long seed) {
        Matcher dropout = DROPOUT.matcher(name);
        String base = dropout.matches() ? dropout.group(1) : name;
        double dropoutRate = dropout.matches() ? Integer.parseInt(dropout.group(2)) / 100.0 : 0;
        if (numClasses < 1 || input.size() < 1) {
            throw new IllegalArgumentException("network " + name + " needs at least 1 class and 1 input value, not "
                    + numClasses + " and " + input);
        }
        for (Entry entry : ENTRIES) {
            Matcher matcher = entry.name().matcher(base);
            if (matcher.matches()) {
                return entry.factory()
                        .create(new NetworkSpec(name, input, numClasses, dropoutRate, seed), matcher.group(1));
            }
        }
        if (PublishedNetworks.names().contains(name)) {
            return published(name, input, numClasses, seed);
        }
        throw new IllegalArgumentException("no network named " + name
                + EditDistance.hint(
                        "; did you mean %s?",
                        base,
                        Stream.concat(ENTRIES.stream().map(Entry::example), PublishedNetworks.names().stream())
                                .toList())
                + " Known: " + String.join(", ", names())
                + ", each also with -dropout<percent>; of eie zoo list those that the images fit");
    }

    /** Makes a published network without zeros; its input and classes are what they are. */
    private static Network published(String name, Shape input, int numClasses, long seed) {
        Network network = PublishedNetworks.create(name, layer -> 1, seed);
        List<Shape> inputs = network.inputs().stream().map(Network.Input::shape).toList();
        Map<String, Shape> shapes = ShapeInference.infer(network);
        List<Integer> outputs = network.outputs().stream()
                .map(output -> Objects.requireNonNull(shapes.get(output)).size())
                .toList();
        if (!inputs.equals(List.of(input)) || !outputs.equals(List.of(numClasses))) {
            throw new IllegalArgumentException("network " + name + " takes inputs of " + joined(inputs) + " and yields "
                    + joined(outputs) + " values; the data has images of " + input + " in " + numClasses + " classes");
        }
        return new Network(name, network.inputs(), network.nodes(), network.outputs());
    }

    private static String joined(List<?> values) {
        return String.join(" and ", values.stream().map(String::valueOf).toList());
    }
}
