package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.Vectors;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.program.LayerKind;
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
    private static final NodeSwitch<Rewrite, Rewrite> RULES = NodeSwitch.<Rewrite, Rewrite>builder()
            .on(Node.Dense.class, rule(Legalise::dense))
            .on(Node.Convolution.class, rule(ConvolutionRule::apply))
            .on(Node.Pooling.class, rule(HostRules::pooling))
            .on(Node.Recurrent.class, rule(RecurrentRule::apply))
            .on(Node.Activation.class, rule(HostRules::activation))
            .on(Node.Softmax.class, rule(HostRules::softmax))
            .on(Node.Flatten.class, rule((node, rewrite) -> rewrite.identity(node.input())))
            .on(Node.Reshape.class, rule((node, rewrite) -> rewrite.identity(node.input())))
            .on(Node.Arithmetic.class, rule(TensorRules::arithmetic))
            .on(Node.Dropout.class, rule((node, rewrite) -> rewrite.identity(node.input())))
            .on(TensorNode.Constant.class, rule(TensorRules::constant))
            .on(TensorNode.Embedding.class, rule(TensorRules::embedding))
            .on(TensorNode.Select.class, rule(TensorRules::select))
            .on(TensorNode.MatrixProduct.class, rule(TensorRules::matrixProduct))
            .on(TensorNode.Reduction.class, rule(TensorRules::reduction))
            .on(TensorNode.Concat.class, rule(TensorRules::concat))
            .on(TensorNode.Slice.class, rule(TensorRules::slice))
            .on(TensorNode.Gather.class, rule(TensorRules::gather))
            .on(TensorNode.Transpose.class, rule(TensorRules::transpose))
            .on(NormalizationNode.Batch.class, rule(HostRules::batchNormalization))
            .on(NormalizationNode.Layer.class, rule(HostRules::layerNormalization))
            .on(NormalizationNode.LocalResponse.class, rule(HostRules::localResponse))
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
    public Set<Form> takes() {
        return Set.of(Form.NODE, Form.WHOLE);
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
            Rewrite rewrite = RULES.apply(source.node(), new Rewrite(graph, source));
            rewrite.requireAccepted();
            legal.addAll(rewrite.operations());
            shapes.putAll(rewrite.newShapes());
        }
        return graph.withShapes(shapes).with(legal, graph.outputs());
    }

    /** Adds the operations that take the place of a node, or refuses it. */
    private interface Rule<N extends Node> {
        void apply(N node, Rewrite rewrite);
    }

    private static <N extends Node> NodeSwitch.Case<N, Rewrite, Rewrite> rule(Rule<N> rule) {
        return (node, rewrite) -> {
            rule.apply(node, rewrite);
            return rewrite;
        };
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
