package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.Coded;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.kernels.bits.FormatException;

/** Removes identities and lets products end with the activation function that follows them. */
final class Fold implements Pass {
    /** The functions that end layers; what else networks compute of single values stays with the host. */
    private static final Set<ActivationCode> ON_THE_MACHINE = EnumSet.of(
            ActivationCode.RELU,
            ActivationCode.SIGMOID,
            ActivationCode.TANH,
            ActivationCode.RELU6,
            ActivationCode.HARD_SWISH,
            ActivationCode.GELU,
            ActivationCode.GELU_TANH);

    @Override
    public String name() {
        return "fold";
    }

    @Override
    public String description() {
        return "Drops identities (flatten, reshape, dropout) and joins activation functions with their products.";
    }

    @Override
    public Set<Form> takes() {
        return Set.of(Form.WHOLE);
    }

    @Override
    public Graph run(Graph graph) throws FormatException {
        return joinActivations(dropIdentities(graph));
    }

    private static Graph dropIdentities(Graph graph) {
        Map<String, String> sources = new HashMap<>();
        List<Operation> kept = new ArrayList<>();
        for (Operation operation : graph.operations()) {
            Operation renamed = operation.renameInputs(value -> sources.getOrDefault(value, value));
            if (renamed instanceof Operation.Identity identity) {
                sources.put(identity.name(), identity.input());
            } else {
                kept.add(renamed);
            }
        }
        List<Graph.Output> outputs = graph.outputs().stream()
                .map(output -> new Graph.Output(output.name(), sources.getOrDefault(output.value(), output.value())))
                .toList();
        return graph.with(kept, outputs);
    }

    /** Joins a product with the activation function that is the only one to read it. */
    private static Graph joinActivations(Graph graph) {
        Map<String, Operation.Product> joined = new HashMap<>();
        Set<String> absorbed = new HashSet<>();
        for (Operation operation : graph.operations()) {
            if (operation instanceof Operation.Product product) {
                onlyActivation(product, graph).ifPresent(activation -> {
                    absorbed.add(product.name());
                    joined.put(activation.name(), product.endingWith(activation.name(), function(activation)));
                });
            }
        }
        List<Operation> kept = new ArrayList<>();
        for (Operation operation : graph.operations()) {
            if (!absorbed.contains(operation.name())) {
                Operation.Product replacement = joined.get(operation.name());
                kept.add(replacement == null ? operation : replacement);
            }
        }
        return graph.with(kept, graph.outputs());
    }

    private static Optional<Operation.HostWork> onlyActivation(Operation.Product product, Graph graph) {
        List<Operation> readers = graph.operations().stream()
                .filter(operation -> operation.inputs().contains(product.name()))
                .toList();
        boolean isOutput =
                graph.outputs().stream().anyMatch(output -> output.value().equals(product.name()));
        if (isOutput || readers.size() != 1 || product.activation() != ActivationCode.NONE) {
            return Optional.empty();
        }
        return readers.get(0) instanceof Operation.HostWork work
                        && work.kind() == HostKind.ACTIVATION
                        && ON_THE_MACHINE.contains(function(work))
                ? Optional.of(work)
                : Optional.empty();
    }

    private static ActivationCode function(Operation.HostWork activation) {
        return Coded.of(
                ActivationCode.values(),
                activation.attributes().values().iterator().next());
    }
}
