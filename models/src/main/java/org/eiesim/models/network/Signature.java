package org.eiesim.models.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a network's file says of its inputs and outputs beyond their samples: names, element types and extents with the
 * batch, so that the network can be written as it was.
 *
 * @param inputs as many as the network has inputs, in their order
 * @param outputs as many as the network has outputs, in their order
 */
public record Signature(List<Value> inputs, List<Value> outputs) {
    /** Stands for no axis. */
    public static final int NONE = -1;

    /** ONNX's number of float32. */
    public static final int FLOAT32 = 1;

    /** The name of an open batch where none is known. */
    public static final String BATCH = "N";

    /** The most axes that a value of a file may have, the batch included. */
    public static final int MAX_RANK = 9;

    /**
     * One axis.
     *
     * @param extent its extent, or 0 where it is left open
     * @param name the name of an open extent, which may be empty
     */
    public record Axis(int extent, String name) {
        /** Checks the extent. */
        public Axis {
            if (extent < 0) {
                throw new IllegalArgumentException("an extent of " + extent);
            }
        }
    }

    /**
     * One input or output.
     *
     * @param name its name in the file
     * @param type its element type, numbered as in ONNX's TensorProto
     * @param axes its axes
     * @param batchAxis which of them is the batch, or {@link #NONE}
     * @param mergedAxis where there is none: the axis of which the batch is the outer part, or {@link #NONE}
     */
    public record Value(String name, int type, List<Axis> axes, int batchAxis, int mergedAxis) {
        /** Checks the axes. */
        public Value {
            axes = List.copyOf(axes);
            boolean isBatch = batchAxis >= NONE && batchAxis < axes.size();
            boolean isMerged = mergedAxis >= NONE && mergedAxis < axes.size();
            if (!isBatch || !isMerged || axes.size() > MAX_RANK || type < 0 || type > 0xFF) {
                throw new IllegalArgumentException("value " + name + ": type " + type + ", axes " + axes
                        + ", batch axis " + batchAxis + ", merged axis " + mergedAxis);
            }
        }
    }

    /** Copies the lists. */
    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Returns what is meant where a network has no signature: names of the network, float32, the batch first and open.
     *
     * @param network the network
     * @return the signature
     * @throws IllegalArgumentException if the network's shapes do not fit together
     */
    public static Signature plain(Network network) {
        Map<String, Shape> shapes = ShapeInference.infer(network);
        return new Signature(
                network.inputs().stream()
                        .map(input -> plain(input.name(), input.shape()))
                        .toList(),
                network.outputs().stream()
                        .map(name -> plain(name, shapes.getOrDefault(name, Shape.of())))
                        .toList());
    }

    private static Value plain(String name, Shape sample) {
        List<Axis> axes = new ArrayList<>();
        axes.add(new Axis(0, BATCH));
        for (int extent : sample.toArray()) {
            axes.add(new Axis(extent, ""));
        }
        return new Value(name, FLOAT32, axes, 0, NONE);
    }
}
