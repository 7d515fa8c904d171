package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.onnx.OnnxWriter;

/** A sparse perceptron of 64 inputs, 20 hidden neurons and 4 outputs, the second layer without a bias. */
final class SmallNetwork {
    static final int NUM_INPUTS = 64;
    static final int NUM_OUTPUTS = 4;

    private SmallNetwork() {}

    /** Writes the network as small.onnx. */
    static Path onnx(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        Node hidden = new Node.Dense("hidden", "x", tensor(random, 0.3, 20, NUM_INPUTS), tensor(random, 0.5, 20));
        Node relu = new Node.Activation("relu", "hidden", ActivationFunction.RELU);
        Node last = new Node.Dense("last", "relu", tensor(random, 0.5, NUM_OUTPUTS, 20), null);
        Path file = folder.resolve("small.onnx");
        OnnxWriter.write(
                new Network(
                        "small",
                        List.of(new Network.Input("x", Shape.of(NUM_INPUTS))),
                        List.of(hidden, relu, last),
                        List.of("last")),
                file);
        return file;
    }

    /** Writes the network as small.eie. */
    static Path eie(Path folder) throws IOException {
        Path file = folder.resolve("small.eie");
        CliRun.ok("compress", onnx(folder), "--quiet", "--recipe", "share-only", "-o", file);
        return file;
    }

    /** Returns a tensor of which about a fraction {@code density} is not 0. */
    private static Tensor tensor(SplittableRandom random, double density, int... extents) {
        Shape shape = Shape.of(extents);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < density ? (float) (random.nextDouble() - 0.4) : 0;
        }
        return new Tensor(shape, values);
    }
}
