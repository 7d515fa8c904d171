package org.eiesim.compiler.container;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.compiler.sections.SectionWriter;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/** Writes the network and parameters sections of {@link EieFormat}; the counterpart of {@link GraphReader}. */
final class GraphWriter {
    /** What a tensor's form byte says in its low two bits; the rank stands above. */
    static final int ABSENT = 0;

    static final int IN_PARAMETERS = 1;
    static final int IN_LAYER = 2;

    private final SectionWriter graph = new SectionWriter();
    private final SectionWriter parameters = new SectionWriter();
    private final Map<String, Integer> valueIndices = new HashMap<>();
    private final Set<ParameterKey> coded;
    private String node = "";

    /**
     * Makes a writer.
     *
     * @param coded the tensors that layer sections hold
     */
    GraphWriter(Set<ParameterKey> coded) {
        this.coded = coded;
    }

    void network(Network network) {
        string(network.name());
        integer(network.inputs().size());
        for (Network.Input input : network.inputs()) {
            string(input.name());
            shape(input.shape());
            define(input.name());
        }
        integer(network.nodes().size());
        for (Node each : network.nodes()) {
            node(each);
        }
        integer(network.outputs().size());
        network.outputs().forEach(this::value);
    }

    private void node(Node each) {
        node = each.name();
        NodeCodec<?> codec = NodeCodecs.of(each);
        graph.writeByte(codec.kind());
        string(each.name());
        codec.write(this, each);
        define(each.name());
    }

    private void define(String value) {
        valueIndices.put(value, valueIndices.size());
    }

    void value(String name) {
        Integer index = valueIndices.get(name);
        if (index == null) {
            throw new IllegalArgumentException("node " + node + " reads unknown value " + name);
        }
        integer(valueIndices.size() - index);
    }

    void string(String text) {
        graph.writeString(text);
    }

    void integer(int value) {
        graph.writeVarint(value);
    }

    void flag(boolean value) {
        graph.writeByte(value ? 1 : 0);
    }

    void number(double value) {
        graph.writeLong(Double.doubleToRawLongBits(value));
    }

    void coefficient(float value) {
        graph.writeFloat(value);
    }

    void values(List<String> names) {
        integer(names.size());
        names.forEach(this::value);
    }

    /** Writes axes, each less than the most a shape may have. */
    void axes(List<Integer> axes) {
        integer(axes.size());
        axes.forEach(this::integer);
    }

    void indices(List<Integer> indices) {
        integer(indices.size());
        indices.forEach(this::integer);
    }

    /** Writes a constant as its place in a list, which fixes the format whatever the order of the enum. */
    <E> void constant(List<E> constants, E value) {
        int index = constants.indexOf(value);
        if (index < 0) {
            throw new IllegalArgumentException("node " + node + ": the .eie format has no number for " + value);
        }
        graph.writeByte(index);
    }

    void shape(Shape shape) {
        requireRank(shape);
        integer(shape.rank());
        extents(shape);
    }

    void window(Window window) {
        integer(window.kernelHeight());
        integer(window.kernelWidth());
        integer(window.strideHeight());
        integer(window.strideWidth());
        integer(window.padTop());
        integer(window.padLeft());
        integer(window.padBottom());
        integer(window.padRight());
        integer(window.dilationHeight());
        integer(window.dilationWidth());
    }

    void tensor(String role, @Nullable Tensor tensor) {
        if (tensor == null) {
            graph.writeByte(ABSENT);
            return;
        }
        requireRank(tensor.shape());
        ParameterKey key = new ParameterKey(node, role);
        boolean inLayer = coded.contains(key);
        graph.writeByte(tensor.shape().rank() << 2 | (inLayer ? IN_LAYER : IN_PARAMETERS));
        extents(tensor.shape());
        if (!inLayer) {
            ParameterCodec.write(parameters, key, tensor);
        }
    }

    private void extents(Shape shape) {
        for (int extent : shape.toArray()) {
            integer(extent);
        }
    }

    private void requireRank(Shape shape) {
        if (shape.rank() > EieFormat.MAX_RANK) {
            throw new IllegalArgumentException(
                    "node " + node + ": shape " + shape + " has more than " + EieFormat.MAX_RANK + " axes");
        }
    }

    byte[] graphBytes() {
        return graph.toByteArray();
    }

    byte[] parameterBytes() {
        return parameters.toByteArray();
    }
}
