package org.eiesim.models.zoo;

import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.TensorNode;

/** The networks that compression and acceleration are measured on: LeNet, AlexNet, VGG, ResNet, NeuralTalk. */
final class ReferenceNets {
    private static final int CLASSES = 1000;

    private static final int MNIST_PIXELS = 28 * 28;
    private static final int MNIST_CLASSES = 10;

    /** Words of a caption, beside the image. */
    private static final int WORDS = 10;

    private ReferenceNets() {}

    /** LeNet-300-100 (LeCun et al. 1998) and its kin on MNIST's images; layers as {@link Zoo} names them. */
    static void perceptron(NetworkBuilder net, int... hidden) {
        net.input("input", MNIST_PIXELS);
        for (int i = 0; i < hidden.length; i++) {
            net.dense("fc" + (i + 1), hidden[i]).relu();
        }
        net.dense("fc" + (hidden.length + 1), MNIST_CLASSES);
    }

    /** Source: BVLC/caffe lenet.prototxt. */
    static void lenet5(NetworkBuilder net) {
        net.input("data", 1, 28, 28);
        net.conv("conv1", 20, 5, 1, 0, 1).maxPool("pool1", 2, 2, 0, true);
        net.conv("conv2", 50, 5, 1, 0, 1).maxPool("pool2", 2, 2, 0, true);
        net.flatten().dense("ip1", 500).relu().dense("ip2", 10).softmax();
    }

    /** Source: BVLC/caffe bvlc_alexnet. */
    static void alexNet(NetworkBuilder net) {
        net.input("data", 3, 227, 227);
        net.conv("conv1", 96, 11, 4, 0, 1).relu().localResponse("norm1").maxPool("pool1", 3, 2, 0, true);
        net.conv("conv2", 256, 5, 1, 2, 2).relu().localResponse("norm2").maxPool("pool2", 3, 2, 0, true);
        net.conv("conv3", 384, 3, 1, 1, 1).relu();
        net.conv("conv4", 384, 3, 1, 1, 2).relu();
        net.conv("conv5", 256, 3, 1, 1, 2).relu().maxPool("pool5", 3, 2, 0, true);
        classifier(net);
    }

    /** Source: VGG, configuration D. */
    static void vgg16(NetworkBuilder net) {
        net.input("data", 3, 224, 224);
        int[] outputs = {64, 128, 256, 512, 512};
        int[] repeats = {2, 2, 3, 3, 3};
        for (int stage = 0; stage < outputs.length; stage++) {
            for (int i = 0; i < repeats[stage]; i++) {
                net.conv("conv" + (stage + 1) + "_" + (i + 1), outputs[stage], 3, 1, 1, 1)
                        .relu();
            }
            net.maxPool("pool" + (stage + 1), 2, 2, 0, true);
        }
        classifier(net);
    }

    private static void classifier(NetworkBuilder net) {
        net.flatten().dense("fc6", 4096).relu().dropout("drop6");
        net.dense("fc7", 4096).relu().dropout("drop7").dense("fc8", CLASSES).softmax();
    }

    /** Source: torchvision resnet18. */
    static void resNet18(NetworkBuilder net) {
        stem(net);
        int[] outputs = {64, 128, 256, 512};
        for (int stage = 0; stage < outputs.length; stage++) {
            for (int i = 0; i < 2; i++) {
                String name = "layer" + (stage + 1) + "." + i;
                int stride = stage > 0 && i == 0 ? 2 : 1;
                String shortcut = shortcut(net, name, outputs[stage], stride);
                net.convBatch(name + ".conv1", outputs[stage], 3, stride, 1, 1).relu();
                net.convBatch(name + ".conv2", outputs[stage], 3, 1, 1, 1);
                net.plus(name + ".add", shortcut).relu();
            }
        }
        net.globalAverage().dense("fc", CLASSES).softmax();
    }

    /** Source: torchvision resnet50 (v1.5: the stride is in the 3x3 convolution). */
    static void resNet50(NetworkBuilder net) {
        stem(net);
        int[] widths = {64, 128, 256, 512};
        int[] repeats = {3, 4, 6, 3};
        for (int stage = 0; stage < widths.length; stage++) {
            for (int i = 0; i < repeats[stage]; i++) {
                String name = "layer" + (stage + 1) + "." + i;
                int stride = stage > 0 && i == 0 ? 2 : 1;
                String shortcut = shortcut(net, name, 4 * widths[stage], stride);
                net.convBatch(name + ".conv1", widths[stage], 1, 1, 0, 1).relu();
                net.convBatch(name + ".conv2", widths[stage], 3, stride, 1, 1).relu();
                net.convBatch(name + ".conv3", 4 * widths[stage], 1, 1, 0, 1);
                net.plus(name + ".add", shortcut).relu();
            }
        }
        net.globalAverage().dense("fc", CLASSES).softmax();
    }

    private static void stem(NetworkBuilder net) {
        net.input("data", 3, 224, 224);
        net.convBatch("conv1", 64, 7, 2, 3, 1).relu().maxPool("maxpool", 3, 2, 1, false);
    }

    /** Returns the value beside a block, and leaves the block's input current. */
    private static String shortcut(NetworkBuilder net, String name, int outputs, int stride) {
        String input = net.value();
        if (stride == 1 && net.channels() == outputs) {
            return input;
        }
        String shortcut =
                net.convBatch(name + ".down", outputs, 1, stride, 0, 1).value();
        net.at(input);
        return shortcut;
    }

    /**
     * NeuralTalk as EIE measures it: image features through We, then word embeddings, through the cell, each state but the
     * image's through Wd. Source: karpathy/neuraltalk lstm_generator.py; EIE Table III.
     */
    static void neuralTalk(NetworkBuilder net) {
        String image = net.input("features", 4096)
                .dense("We", 600)
                .add(new Node.Reshape("image", "We", Shape.of(1, 600)))
                .value();
        String words = net.input("words", WORDS, 600).value();
        net.concat("sequence", image, words).neuralTalkCell("lstm", 600);
        net.add(new TensorNode.Slice("states", net.value(), 0, 1, WORDS, 1)).dense("Wd", 8791);
    }
}
