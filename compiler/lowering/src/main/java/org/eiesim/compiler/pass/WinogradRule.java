package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eiesim.compiler.compress.quantize.SharedValues;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.PlaneAttributes;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.kernels.cluster.Initialization;
import org.eiesim.kernels.nn.SlidingWindow;
import org.eiesim.kernels.nn.Winograd;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One convolution as 16 products: a layer of 16 groups, one vector per tile, whose group {@code k} multiplies element
 * {@code k} of the transformed inputs by element {@code k} of the transformed weights. Each group has a codebook of its own:
 * the transformed weights themselves where few are different, else the centroids of k-means. The bias stands in the one
 * element that the output transform passes on to all four outputs of a tile.
 */
final class WinogradRule {
    private final Node.Convolution node;
    private final Rewrite rewrite;
    private final SlidingWindow window;
    private final int numChannels;
    private final int numOutputs;
    /** {@code [16, outputs, channels]}. */
    private final float[] transformed;

    WinogradRule(Node.Convolution node, Rewrite rewrite) {
        this.node = node;
        this.rewrite = rewrite;
        Shape shape = rewrite.shape(node.input());
        window = node.window().over(shape.extent(1), shape.extent(2), false);
        numChannels = shape.extent(0);
        SharedWeights weights = rewrite.weights(ParameterKey.WEIGHT);
        numOutputs = weights.outputs();
        transformed = new float[Winograd.NUM_PRODUCTS * numOutputs * numChannels];
        Winograd.weights(weights.decode(), transformed);
    }

    /** Says whether a convolution over an input of a shape can be taken. */
    static boolean takes(Node.Convolution node, Shape input) {
        SlidingWindow window = node.window().over(input.extent(1), input.extent(2), false);
        if (node.groups() != 1 || !Winograd.fits(window)) {
            return false;
        }
        long numOutputs = node.weight().shape().extent(0);
        long numTiles = Winograd.numTiles(window.outputHeight(), window.outputWidth());
        long largest = Math.max(numTiles * Math.max(numOutputs, input.extent(0)), numOutputs * input.extent(0));
        return largest <= Integer.MAX_VALUE / Winograd.NUM_PRODUCTS;
    }

    int numPixels() {
        return window.numOutputs();
    }

    int numTiles() {
        return Winograd.numTiles(window.outputHeight(), window.outputWidth());
    }

    int numChannels() {
        return numChannels;
    }

    int numOutputs() {
        return numOutputs;
    }

    /** Returns the transformed weights, {@code [16, outputs, channels]}. */
    float[] transformed() {
        return transformed;
    }

    /** Adds the operations and returns how well the shared weights fit, as text. */
    String apply() {
        SharedWeights weights = shared();
        String tiles = rewrite.newValue("tiles", Winograd.NUM_PRODUCTS, numChannels, numTiles());
        Map<String, Integer> plane = new TreeMap<>();
        PlaneAttributes.put(numChannels, window, plane);
        rewrite.hostInto(tiles, HostKind.WINOGRAD_INPUT, List.of(node.input()), plane);
        String products = rewrite.newValue("products", Winograd.NUM_PRODUCTS, numOutputs, numTiles());
        rewrite.add(new Operation.Product(
                products,
                tiles,
                node.name(),
                LayerKind.CONVOLUTION,
                weights,
                Winograd.NUM_PRODUCTS,
                bias(),
                new Vectors(numTiles(), numTiles(), 1, numTiles(), 1),
                ActivationCode.NONE,
                List.of()));
        rewrite.host(
                HostKind.WINOGRAD_OUTPUT,
                List.of(products),
                Map.of(
                        PlaneAttributes.CHANNELS,
                        numOutputs,
                        PlaneAttributes.HEIGHT,
                        window.outputHeight(),
                        PlaneAttributes.WIDTH,
                        window.outputWidth()));
        return describeError(weights);
    }

    private float @Nullable [] bias() {
        Tensor bias = node.bias();
        if (bias == null) {
            return null;
        }
        float[] ofProducts = new float[Winograd.NUM_PRODUCTS * numOutputs];
        System.arraycopy(bias.values(), 0, ofProducts, Winograd.BIAS_PRODUCT * numOutputs, numOutputs);
        return ofProducts;
    }

    private SharedWeights shared() {
        int numEntries = 1 << rewrite.graph().target().weightBits();
        int size = numOutputs * numChannels;
        List<float[]> codebooks = new ArrayList<>();
        byte[] codes = new byte[transformed.length];
        for (int product = 0; product < Winograd.NUM_PRODUCTS; product++) {
            float[] values = Arrays.copyOfRange(transformed, product * size, (product + 1) * size);
            SharedValues shared = SharedValues.of(values, numEntries, Initialization.LINEAR, 0);
            codebooks.add(shared.codebook());
            System.arraycopy(shared.codes(), 0, codes, product * size, size);
        }
        return new SharedWeights(Winograd.NUM_PRODUCTS * numOutputs, numChannels, 1, 1, codebooks, codes);
    }

    private String describeError(SharedWeights weights) {
        double largest = 0;
        double squares = 0;
        double squaredErrors = 0;
        for (int i = 0; i < transformed.length; i++) {
            float[] codebook = weights.codebookOf(i / numChannels);
            double error = Math.abs((double) transformed[i] - codebook[weights.codes()[i] & 0xFF]);
            largest = Math.max(largest, error);
            squares += (double) transformed[i] * transformed[i];
            squaredErrors += error * error;
        }
        return squaredErrors == 0
                ? "its transformed weights fit the codebooks exactly"
                : String.format(
                        Locale.ROOT,
                        "its transformed weights, shared anew, differ by up to %.3g, by %.2g %% in the root mean"
                                + " square",
                        largest,
                        100 * Math.sqrt(squaredErrors / squares));
    }
}
