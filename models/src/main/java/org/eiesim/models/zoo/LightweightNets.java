package org.eiesim.models.zoo;

/** SqueezeNet, MobileNet and ShuffleNet. */
final class LightweightNets {
    private static final int CLASSES = 1000;

    private LightweightNets() {}

    /** Source: forresti/SqueezeNet v1.0, with the border its conv10 pads. */
    static void squeezeNet10(NetworkBuilder net) {
        net.input("data", 3, 227, 227);
        net.conv("conv1", 96, 7, 2, 0, 1).relu().maxPool("pool1", 3, 2, 0, true);
        fire(net, 2, 16, 64);
        fire(net, 3, 16, 64);
        fire(net, 4, 32, 128).maxPool("pool4", 3, 2, 0, true);
        fire(net, 5, 32, 128);
        fire(net, 6, 48, 192);
        fire(net, 7, 48, 192);
        fire(net, 8, 64, 256).maxPool("pool8", 3, 2, 0, true);
        fire(net, 9, 64, 256);
        net.dropout("drop9")
                .conv("conv10", CLASSES, 1, 1, 1, 1)
                .relu()
                .globalAverage()
                .softmax();
    }

    /** Source: forresti/SqueezeNet v1.1. */
    static void squeezeNet11(NetworkBuilder net) {
        net.input("data", 3, 227, 227);
        net.conv("conv1", 64, 3, 2, 0, 1).relu().maxPool("pool1", 3, 2, 0, true);
        fire(net, 2, 16, 64);
        fire(net, 3, 16, 64).maxPool("pool3", 3, 2, 0, true);
        fire(net, 4, 32, 128);
        fire(net, 5, 32, 128).maxPool("pool5", 3, 2, 0, true);
        fire(net, 6, 48, 192);
        fire(net, 7, 48, 192);
        fire(net, 8, 64, 256);
        fire(net, 9, 64, 256);
        net.dropout("drop9")
                .conv("conv10", CLASSES, 1, 1, 0, 1)
                .relu()
                .globalAverage()
                .softmax();
    }

    private static NetworkBuilder fire(NetworkBuilder net, int number, int squeeze, int expand) {
        String name = "fire" + number;
        String squeezed =
                net.conv(name + ".squeeze1x1", squeeze, 1, 1, 0, 1).relu().value();
        String narrow = net.conv(name + ".expand1x1", expand, 1, 1, 0, 1).relu().value();
        String wide = net.at(squeezed)
                .conv(name + ".expand3x3", expand, 3, 1, 1, 1)
                .relu()
                .value();
        return net.concat(name + ".concat", narrow, wide);
    }

    /** Source: shicai/MobileNet-Caffe v1. */
    static void mobileNetV1(NetworkBuilder net) {
        net.input("data", 3, 224, 224);
        net.convBatch("conv1", 32, 3, 2, 1, 1).relu();
        int[] outputs = {64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024};
        int[] strides = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};
        for (int i = 0; i < outputs.length; i++) {
            String name = "conv" + (i + 2);
            net.convBatch(name + ".dw", net.channels(), 3, strides[i], 1, net.channels())
                    .relu();
            net.convBatch(name + ".sep", outputs[i], 1, 1, 0, 1).relu();
        }
        net.globalAverage().dense("fc7", CLASSES).softmax();
    }

    /** Source: torchvision mobilenet_v2. */
    static void mobileNetV2(NetworkBuilder net) {
        net.input("data", 3, 224, 224);
        net.convBatch("conv1", 32, 3, 2, 1, 1).relu6();
        int[][] stages = {
            {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
        };
        int number = 1;
        for (int[] stage : stages) {
            for (int i = 0; i < stage[2]; i++) {
                invertedResidual(net, "block" + number++, stage[0], stage[1], i == 0 ? stage[3] : 1);
            }
        }
        net.convBatch("conv_last", 1280, 1, 1, 0, 1).relu6();
        net.globalAverage().dense("fc", CLASSES).softmax();
    }

    private static void invertedResidual(NetworkBuilder net, String name, int expansion, int outputs, int stride) {
        String input = net.value();
        int channels = net.channels();
        int hidden = channels * expansion;
        if (expansion != 1) {
            net.convBatch(name + ".expand", hidden, 1, 1, 0, 1).relu6();
        }
        net.convBatch(name + ".dw", hidden, 3, stride, 1, hidden).relu6();
        net.convBatch(name + ".project", outputs, 1, 1, 0, 1);
        if (stride == 1 && channels == outputs) {
            net.plus(name + ".add", input);
        }
    }

    /** Source: megvii-model/ShuffleNet-Series, ShuffleNet v1 1.0x with 3 groups. */
    static void shuffleNetV1(NetworkBuilder net) {
        net.input("data", 3, 224, 224);
        net.convBatch("conv1", 24, 3, 2, 1, 1).relu().maxPool("maxpool", 3, 2, 1, false);
        int[] outputs = {240, 480, 960};
        int[] repeats = {4, 8, 4};
        for (int stage = 0; stage < outputs.length; stage++) {
            for (int i = 0; i < repeats[stage]; i++) {
                String name = "s" + (stage + 2) + "." + (i + 1);
                shuffleUnitV1(net, name, outputs[stage], i == 0, stage == 0 && i == 0 ? 1 : 3);
            }
        }
        net.globalAverage().dense("fc", CLASSES, false).softmax();
    }

    private static void shuffleUnitV1(NetworkBuilder net, String name, int outputs, boolean strided, int firstGroups) {
        String input = net.value();
        int channels = net.channels();
        int middle = outputs / 4;
        net.convBatch(name + ".gc1", middle, 1, 1, 0, firstGroups).relu();
        net.convBatch(name + ".dw", middle, 3, strided ? 2 : 1, 1, middle);
        // The authors' code views the channels as (channels / groups, groups).
        net.shuffle(name + ".shuffle", middle / 3);
        net.convBatch(name + ".gc2", strided ? outputs - channels : outputs, 1, 1, 0, 3);
        if (strided) {
            String branch = net.relu().value();
            String shortcut = net.at(input).averagePool(name + ".pool", 3, 2, 1).value();
            net.concat(name + ".concat", shortcut, branch);
        } else {
            net.plus(name + ".add", input).relu();
        }
    }

    /** Source: torchvision shufflenet_v2_x1_0. */
    static void shuffleNetV2(NetworkBuilder net) {
        net.input("data", 3, 224, 224);
        net.convBatch("conv1", 24, 3, 2, 1, 1).relu().maxPool("maxpool", 3, 2, 1, false);
        int[] outputs = {116, 232, 464};
        int[] repeats = {4, 8, 4};
        for (int stage = 0; stage < outputs.length; stage++) {
            for (int i = 0; i < repeats[stage]; i++) {
                shuffleUnitV2(net, "s" + (stage + 2) + "." + (i + 1), outputs[stage] / 2, i == 0);
            }
        }
        net.convBatch("conv5", 1024, 1, 1, 0, 1).relu();
        net.globalAverage().dense("fc", CLASSES).softmax();
    }

    private static void shuffleUnitV2(NetworkBuilder net, String name, int half, boolean strided) {
        String input = net.value();
        String first;
        if (strided) {
            net.convBatch(name + ".b1.dw", net.channels(), 3, 2, 1, net.channels());
            first = net.convBatch(name + ".b1.pw", half, 1, 1, 0, 1).relu().value();
            net.at(input);
        } else {
            first = net.slice(name + ".first", 0, half).value();
            net.at(input).slice(name + ".second", half, half);
        }
        String prefix = strided ? name + ".b2" : name;
        net.convBatch(prefix + ".pw1", half, 1, 1, 0, 1).relu();
        net.convBatch(prefix + ".dw", half, 3, strided ? 2 : 1, 1, half);
        String second = net.convBatch(prefix + ".pw2", half, 1, 1, 0, 1).relu().value();
        net.concat(name + ".concat", first, second).shuffle(name + ".shuffle", 2);
    }
}
