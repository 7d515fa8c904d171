package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.LayerKind;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NodeSwitch;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Leaves only what the machine or its host can do: matrix-vector products, host work and identities. */
final class Legalise implements Pass {
    private record Context(Graph graph, Operation.Source source) {}

    private static final NodeSwitch<Context, Operation> RULES = NodeSwitch.<Context, Operation>builder()
            .on(Node.Dense.class, Legalise::dense)
            .on(Node.Convolution.class, Legalise::unchanged)
            .on(Node.Pooling.class, Legalise::unchanged)
            .on(Node.Recurrent.class, Legalise::unchanged)
            .on(
                    Node.Activation.class,
                    (node, context) -> host(
                            context,
                            HostKind.ACTIVATION,
                            activation(node.function()).code()))
            .on(Node.Softmax.class, Legalise::softmax)
            .on(Node.Flatten.class, (node, context) -> new Operation.Identity(node.name(), node.input()))
            .on(Node.Reshape.class, (node, context) -> new Operation.Identity(node.name(), node.input()))
            .on(
                    Node.Add.class,
                    (node, context) -> new Operation.HostWork(
                            node.name(), List.of(node.left(), node.right()), HostKind.ADD, new TreeMap<>()))
            .on(Node.Dropout.class, (node, context) -> new Operation.Identity(node.name(), node.input()))
            .build();

    @Override
    public String name() {
        return "legalise";
    }

    @Override
    public String description() {
        return "Turns every node into matrix-vector products, work of the host, or an identity.";
    }

    @Override
    public Graph run(Graph graph) throws FormatException {
        List<Operation> legal = new ArrayList<>();
        for (Operation operation : graph.operations()) {
            if (!(operation instanceof Operation.Source source)) {
                legal.add(operation);
                continue;
            }
            Operation replaced = RULES.apply(source.node(), new Context(graph, source));
            if (replaced instanceof Operation.Source) {
                throw new FormatException(
                        "node " + source.name(),
                        "a " + source.node().getClass().getSimpleName().toLowerCase(Locale.ROOT)
                                + " node cannot be lowered to the machine");
            }
            legal.add(replaced);
        }
        return graph.with(legal, graph.outputs());
    }

    private static Operation unchanged(Node node, Context context) {
        return context.source();
    }

    private static Operation dense(Node.Dense node, Context context) {
        SharedWeights weights = context.source().weights().get(ParameterKey.WEIGHT);
        if (weights == null) {
            throw new IllegalStateException("node " + node.name() + " has no shared weights");
        }
        Tensor bias = node.bias();
        Shape shape = context.graph().shape(node.input());
        int numVectors = 1;
        for (int axis = 0; axis < shape.rank() - 1; axis++) {
            numVectors *= shape.extent(axis);
        }
        return new Operation.Product(
                node.name(),
                node.input(),
                node.name(),
                LayerKind.DENSE,
                weights,
                1,
                bias == null ? null : bias.values(),
                numVectors,
                ActivationCode.NONE,
                List.of());
    }

    private static Operation softmax(Node.Softmax node, Context context) {
        Shape shape = context.graph().shape(node.name());
        return host(context, HostKind.SOFTMAX, shape.extent(shape.rank() - 1));
    }

    private static Operation host(Context context, HostKind kind, int attribute) {
        Map<String, Integer> attributes = Map.of(kind.attributes().get(0), attribute);
        SortedMap<String, Integer> sorted = new TreeMap<>(attributes);
        return new Operation.HostWork(context.source().name(), context.source().inputs(), kind, sorted);
    }

    private static ActivationCode activation(ActivationFunction function) {
        return switch (function) {
            case RELU -> ActivationCode.RELU;
            case SIGMOID -> ActivationCode.SIGMOID;
            case TANH -> ActivationCode.TANH;
        };
    }
}
