package org.eiesim.compiler.pass;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.PlaneAttributes;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.kernels.nn.SlidingWindow;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * A convolution becomes one matrix-vector product per output pixel and group. A kernel of one tap at stride 1 reads the
 * channels of a pixel where they lie; any other reads patches the host lays out (im2col) in the order (channel, kernel
 * row, kernel column), the order of the weights. What lies outside the image is 0 and so never live.
 *
 * <p>Source: EIE VII (1x1 convolution as matrix-vector products).
 */
final class ConvolutionRule {
    private ConvolutionRule() {}

    static void apply(Node.Convolution node, Rewrite rewrite) {
        Shape shape = rewrite.shape(node.input());
        int numChannels = shape.extent(0);
        SlidingWindow window = node.window().over(shape.extent(1), shape.extent(2), false);
        SharedWeights weights = rewrite.weights(ParameterKey.WEIGHT);
        int numPixels = window.numOutputs();
        boolean inPlace = isPixel(window);
        String input = node.input();
        if (!inPlace) {
            input = rewrite.newValue("patches", numPixels, numChannels * window.numTaps());
            Map<String, Integer> attributes = new TreeMap<>();
            PlaneAttributes.put(numChannels, window, attributes);
            rewrite.hostInto(input, HostKind.IM2COL, List.of(node.input()), attributes);
        }
        Tensor bias = node.bias();
        rewrite.add(new Operation.Product(
                node.name(),
                input,
                node.name(),
                LayerKind.CONVOLUTION,
                weights,
                node.groups(),
                bias == null ? null : bias.values(),
                inPlace
                        ? new Vectors(numPixels, numPixels, 1, numPixels, 1)
                        : new Vectors(numPixels, 1, numChannels * window.numTaps(), numPixels, 1),
                ActivationCode.NONE,
                List.of()));
    }

    /** Says whether every output sees exactly the input pixel at its own place. */
    private static boolean isPixel(SlidingWindow window) {
        return window.numTaps() == 1
                && window.strideHeight() == 1
                && window.strideWidth() == 1
                && window.padTop() == 0
                && window.padLeft() == 0
                && window.padBottom() == 0
                && window.padRight() == 0;
    }
}
