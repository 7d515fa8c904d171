package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.exact.ExactEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * AlexNet and VGG-16 whole, synthetic weights at Deep Compression's densities (papers' Tables 4 and 5), 256 shared weights
 * in convolutions and 32 in dense layers: too long for every build, so only with {@code -Dwhole=true}.
 */
@EnabledIfSystemProperty(named = "whole", matches = "true")
class ImageNetNetworksTest {
    private static String relu(SharedNetwork net, String value) {
        return net.add(new Node.Activation(value + ".relu", value, ActivationFunction.RELU));
    }

    private static String pool(SharedNetwork net, String value, int kernel) {
        return net.add(new Node.Pooling(
                value + ".pool", value, Node.Pooling.Kind.MAXIMUM, SharedNetwork.window(kernel, 2, 0), true, false));
    }

    private static String normalise(SharedNetwork net, String value) {
        return net.add(new NormalizationNode.LocalResponse(value + ".lrn", value, 5, 1e-4f, 0.75f, 1));
    }

    private static String classifier(SharedNetwork net, String value, int numInputs, double... densities) {
        String x = net.add(new Node.Flatten("flat", value));
        int[] sizes = {numInputs, 4096, 4096, 1000};
        for (int i = 0; i < densities.length; i++) {
            net.draw(32, densities[i]);
            x = net.dense("fc" + (6 + i), x, sizes[i], sizes[i + 1]);
            x = i < 2 ? relu(net, x) : x;
        }
        return x;
    }

    private static CompressedNetwork alexNet(SharedNetwork net) {
        String x = net.input("image", 3, 227, 227);
        net.draw(256, 0.84);
        x = normalise(net, relu(net, net.convolution("conv1", x, 96, 3, SharedNetwork.window(11, 4, 0), 1)));
        x = pool(net, x, 3);
        net.draw(256, 0.38);
        x = normalise(net, relu(net, net.convolution("conv2", x, 256, 96, SharedNetwork.window(5, 1, 2), 2)));
        x = pool(net, x, 3);
        net.draw(256, 0.35);
        x = relu(net, net.convolution("conv3", x, 384, 256, SharedNetwork.window(3, 1, 1), 1));
        net.draw(256, 0.37);
        x = relu(net, net.convolution("conv4", x, 384, 384, SharedNetwork.window(3, 1, 1), 2));
        x = relu(net, net.convolution("conv5", x, 256, 384, SharedNetwork.window(3, 1, 1), 2));
        return net.build(classifier(net, pool(net, x, 3), 9216, 0.09, 0.09, 0.25));
    }

    private static CompressedNetwork vgg16(SharedNetwork net) {
        String x = net.input("image", 3, 224, 224);
        int[][] blocks = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};
        double[] densities = {.58, .22, .34, .36, .53, .24, .42, .32, .27, .34, .35, .29, .36};
        int channels = 3;
        int layer = 0;
        for (int block = 0; block < blocks.length; block++) {
            for (int i = 0; i < blocks[block].length; i++) {
                net.draw(256, densities[layer++]);
                String name = "conv" + (block + 1) + "_" + (i + 1);
                x = relu(net, net.convolution(name, x, blocks[block][i], channels, SharedNetwork.window(3, 1, 1), 1));
                channels = blocks[block][i];
            }
            x = pool(net, x, 2);
        }
        return net.build(classifier(net, x, 25088, 0.04, 0.04, 0.23));
    }

    private static void check(CompressedNetwork network, float[] image, String name) throws FormatException {
        MachineConfig config = Presets.load("eie-isca16").withSettings(List.of("weight_bits=8"));
        Program program = Lowering.compile(network, config.target());
        ProgramRun run =
                new ProgramMachine(program, config, new ExactEngine(), Numeric.FLOAT32).run(image, 1, 2, done -> {});
        float[] expected = new ReferenceExecutor(network.network()).run(image);
        assertThat(run.outputs()).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(run.outputs()[i] + 0f).as("%s output %d", name, i).isEqualTo(expected[i] + 0f);
        }
        // Weights do not fit on chip together; the dense layers wait for theirs.
        assertThat(run.setupTransfers()).isEqualTo(TransferCounts.NONE);
        for (LayerRun layer : run.layers()) {
            double onChip = config.microseconds(layer.events().cycles);
            assertThat(layer.streamedMicroseconds())
                    .as(layer.layer().name())
                    .isGreaterThan(layer.layer().name().startsWith("fc") ? 10 * onChip : onChip * 0.999);
        }
    }

    private static float[] image(int length) {
        float[] image = new float[length];
        Random random = new Random(5);
        for (int i = 0; i < length; i++) {
            image[i] = (float) random.nextGaussian();
        }
        return image;
    }

    @Test
    void alexNetEqualsTheReferenceExecutor() throws FormatException {
        check(alexNet(new SharedNetwork(1, 256, 1)), image(3 * 227 * 227), "AlexNet");
    }

    @Test
    void vgg16EqualsTheReferenceExecutor() throws FormatException {
        check(vgg16(new SharedNetwork(2, 256, 1)), image(3 * 224 * 224), "VGG-16");
    }
}
