package org.eiesim.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.target.Target;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Window;
import org.junit.jupiter.api.Test;

class LiveEstimateTest {
    private static final Window TWO_BY_TWO = new Window(2, 2, 2, 2, 0, 0, 0, 0, 1, 1);

    private static Graph graph(Node... nodes) {
        List<Operation> operations = new ArrayList<>();
        Map<String, Shape> shapes = new HashMap<>(Map.of("x", Shape.of(1, 4, 4)));
        for (Node node : nodes) {
            operations.add(new Operation.Source(node, node.inputs(), Map.of()));
            shapes.put(node.name(), Shape.of(1, 4, 4));
        }
        Target target = new Target(4, 4, 4, 100, 100, 64, Target.BiasMode.PRELOAD);
        return new Graph("graph", target, shapes, List.of("x"), operations, List.of(), null);
    }

    @Test
    void aReluHalvesAndPoolingRaises() {
        Graph graph = graph(
                new Node.Activation("relu", "x", ActivationFunction.RELU),
                new Node.Activation("relu6", "x", ActivationFunction.CLIP, List.of(0f, 6f)),
                new Node.Activation("clip", "x", ActivationFunction.CLIP, List.of(-1f, 6f)),
                new Node.Activation("tanh", "x", ActivationFunction.TANH),
                new Node.Pooling("pool", "relu", Node.Pooling.Kind.MAXIMUM, TWO_BY_TWO, false, false),
                new Node.Dropout("drop", "relu", 0.5));
        assertThat(LiveEstimate.share("x", graph)).isEqualTo(1);
        assertThat(LiveEstimate.share("relu", graph)).isEqualTo(0.5);
        assertThat(LiveEstimate.share("relu6", graph)).isEqualTo(0.5);
        assertThat(LiveEstimate.share("drop", graph)).isEqualTo(0.5);
        assertThat(LiveEstimate.share("clip", graph)).isEqualTo(1);
        assertThat(LiveEstimate.share("tanh", graph)).isEqualTo(1);
        assertThat(LiveEstimate.share("pool", graph)).isCloseTo(0.667, within(1e-3));
    }

    @Test
    void neighboursAreLiveTogether() {
        assertThat(LiveEstimate.any(0.3, 1)).isCloseTo(0.3, within(1e-12));
        assertThat(LiveEstimate.any(0.3, 8)).isCloseTo(0.51, within(1e-12));
        assertThat(LiveEstimate.any(1, 4)).isEqualTo(1);
        assertThat(LiveEstimate.any(0, 4)).isZero();
    }
}
