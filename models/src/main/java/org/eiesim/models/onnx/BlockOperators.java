package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;

/** DepthToSpace and SpaceToDepth: blocks of pixels become channels, or channels blocks. */
final class BlockOperators {
    private BlockOperators() {}

    /** Imports DepthToSpace. */
    static void depthToSpace(OnnxNode node, GraphImport graph) throws FormatException {
        Planes planes = image(node, graph);
        String mode = node.word("mode", "DCR");
        int block = block(node);
        int channels = planes.numChannels() / block / block;
        if (channels * block * block != planes.numChannels()) {
            throw node.unsupported("blocksize", block + " for " + planes.numChannels() + " channels");
        }
        int samples = planes.numSamples();
        int height = planes.spatial()[0];
        int width = planes.spatial()[1];
        Composition steps = new Composition(node, graph);
        String value = switch (mode) {
            case "DCR" ->
                steps.transpose(
                        steps.reshape(planes.value(), samples, block, block, channels, height, width),
                        0,
                        3,
                        4,
                        1,
                        5,
                        2);
            case "CRD" ->
                steps.transpose(
                        steps.reshape(planes.value(), samples, channels, block, block, height, width),
                        0,
                        1,
                        4,
                        2,
                        5,
                        3);
            default -> throw node.unsupported("mode", mode);
        };
        graph.define(node, planes.yielding(node, graph, value, channels, height * block, width * block));
    }

    /** Imports SpaceToDepth. */
    static void spaceToDepth(OnnxNode node, GraphImport graph) throws FormatException {
        Planes planes = image(node, graph);
        int block = block(node);
        int height = planes.spatial()[0] / block;
        int width = planes.spatial()[1] / block;
        if (height * block != planes.spatial()[0] || width * block != planes.spatial()[1]) {
            throw node.unsupported(
                    "blocksize", block + " for an image of " + planes.spatial()[0] + "x" + planes.spatial()[1]);
        }
        int channels = planes.numChannels();
        Composition steps = new Composition(node, graph);
        String value = steps.transpose(
                steps.reshape(planes.value(), planes.numSamples(), channels, height, block, width, block),
                0,
                3,
                5,
                1,
                2,
                4);
        graph.define(node, planes.yielding(node, graph, value, channels * block * block, height, width));
    }

    private static Planes image(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Planes planes = Planes.of(node, graph, node.computed(0));
        if (planes.rank() != 2) {
            throw node.error("its input must be images, not of " + planes.rank() + " spatial axes");
        }
        return planes;
    }

    private static int block(OnnxNode node) throws FormatException {
        long block = node.integer("blocksize", 0);
        if (block < 1 || block > Byte.MAX_VALUE) {
            throw node.unsupported("blocksize", block);
        }
        return (int) block;
    }
}
