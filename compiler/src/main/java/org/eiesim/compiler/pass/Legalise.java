package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.LayerKind;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NodeSwitch;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;

/** Leaves only what the machine or its host can do: matrix-vector products, recurrences, host work and identities. */
final class Legalise implements Pass {
    /** Each rule adds operations to the rewrite; it returns why it cannot, or an empty text. */
    private static final NodeSwitch<Rewrite, String> RULES = NodeSwitch.<Rewrite, String>builder()
            .on(Node.Dense.class, done(Legalise::dense))
            .on(Node.Convolution.class, done(ConvolutionRule::apply))
            .on(Node.Pooling.class, done(HostRules::pooling))
            .on(Node.Recurrent.class, RecurrentRule::apply)
            .on(Node.Activation.class, HostRules::activation)
            .on(Node.Softmax.class, done(HostRules::softmax))
            .on(Node.Flatten.class, done((node, rewrite) -> rewrite.identity(node.input())))
            .on(Node.Reshape.class, done((node, rewrite) -> rewrite.identity(node.input())))
            .on(Node.Arithmetic.class, HostRules::arithmetic)
            .on(Node.Dropout.class, done((node, rewrite) -> rewrite.identity(node.input())))
            .on(TensorNode.Constant.class, notYet("a constant"))
            .on(TensorNode.Embedding.class, notYet("an embedding"))
            .on(TensorNode.MatrixProduct.class, notYet("a product of two values"))
            .on(TensorNode.Reduction.class, notYet("a reduction"))
            .on(TensorNode.Concat.class, notYet("a concatenation"))
            .on(TensorNode.Slice.class, notYet("a slice"))
            .on(TensorNode.Transpose.class, notYet("a transposition"))
            .on(NormalizationNode.Batch.class, notYet("a batch normalisation"))
            .on(NormalizationNode.Layer.class, notYet("a layer normalisation"))
            .on(NormalizationNode.LocalResponse.class, notYet("a local response normalisation"))
            .build();

    @Override
    public String name() {
        return "legalise";
    }

    @Override
    public String description() {
        return "Turns every node into matrix-vector products, a recurrence, work of the host, or an identity.";
    }

    @Override
    public Graph run(Graph graph) throws FormatException {
        List<Operation> legal = new ArrayList<>();
        Map<String, Shape> shapes = new HashMap<>();
        for (Operation operation : graph.operations()) {
            if (!(operation instanceof Operation.Source source)) {
                legal.add(operation);
                continue;
            }
            Rewrite rewrite = new Rewrite(graph, source);
            String refusal = RULES.apply(source.node(), rewrite);
            if (!refusal.isEmpty()) {
                throw rewrite.refusal(refusal);
            }
            legal.addAll(rewrite.operations());
            shapes.putAll(rewrite.newShapes());
        }
        return graph.withShapes(shapes).with(legal, graph.outputs());
    }

    /** A rule that always succeeds. */
    private interface Rule<N extends Node> {
        void apply(N node, Rewrite rewrite);
    }

    private static <N extends Node> NodeSwitch.Case<N, Rewrite, String> done(Rule<N> rule) {
        return (node, rewrite) -> {
            rule.apply(node, rewrite);
            return "";
        };
    }

    private static <N extends Node> NodeSwitch.Case<N, Rewrite, String> notYet(String what) {
        return (node, rewrite) -> what + " cannot be lowered yet";
    }

    private static void dense(Node.Dense node, Rewrite rewrite) {
        Tensor bias = node.bias();
        Shape shape = rewrite.shape(node.input());
        int numInputs = node.weight().shape().extent(1);
        int numOutputs = node.weight().shape().extent(0);
        int numVectors = 1;
        for (int axis = 0; axis < shape.rank() - 1; axis++) {
            numVectors *= shape.extent(axis);
        }
        rewrite.add(new Operation.Product(
                node.name(),
                node.input(),
                node.name(),
                LayerKind.DENSE,
                rewrite.weights(ParameterKey.WEIGHT),
                1,
                bias == null ? null : bias.values(),
                Vectors.packed(numVectors, numInputs, numOutputs),
                ActivationCode.NONE,
                List.of()));
    }
}
