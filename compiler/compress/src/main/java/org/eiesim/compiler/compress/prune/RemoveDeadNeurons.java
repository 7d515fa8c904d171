package org.eiesim.compiler.compress.prune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressionContext;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.LayerParametrization;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Transformation;
import org.eiesim.models.edit.NetworkEditor;
import org.eiesim.models.edit.Selection;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Removes neurons that pruning has left without inputs or without outputs. This changes the graph: layers get fewer
 * outputs and the layers after them fewer inputs. The network's function stays the same up to the rounding of sums: a
 * neuron without inputs yields a constant, which goes into the next layer's bias. It works on fully connected layers
 * whose outputs reach one other fully connected layer through element-wise nodes only, and leaves all others alone.
 * Removals go on until none is left; a layer keeps at least one neuron.
 *
 * <p>Source: Learning both Weights and Connections 3.5.
 */
public final class RemoveDeadNeurons implements Transformation {
    private static final Description DESCRIPTION = new Description(
            "remove-dead-neurons",
            MethodKind.TRANSFORMATION,
            "Removes neurons of the layers that have no inputs or no outputs left; changes the graph, not the"
                    + " function.",
            "Learning both Weights and Connections 3.5",
            List.of());

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public CompressionState transform(CompressionState state, Application application, CompressionContext context) {
        CompressionState current = state;
        Optional<CompressionState> next = Optional.of(state);
        while (next.isPresent()) {
            current = next.get();
            next = removeOnce(current, application);
        }
        return current;
    }

    private static Optional<CompressionState> removeOnce(CompressionState state, Application application) {
        for (Node node : state.network().nodes()) {
            boolean asked = application.keys().contains(new ParameterKey(node.name(), ParameterKey.WEIGHT));
            if (asked && node instanceof Node.Dense first) {
                Optional<DenseChain> chain = DenseChain.from(state.network(), first);
                if (chain.isPresent()) {
                    int[] kept = liveNeurons(chain.get());
                    if (kept.length < first.weight().shape().extent(0)) {
                        return Optional.of(remove(state, chain.get(), kept));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static int[] liveNeurons(DenseChain chain) {
        Tensor incoming = chain.first().weight();
        Tensor outgoing = chain.second().weight();
        int[] live = IntStream.range(0, incoming.shape().extent(0))
                .filter(neuron -> hasInput(incoming, neuron) && hasOutput(outgoing, neuron))
                .toArray();
        return live.length == 0 ? new int[] {0} : live;
    }

    private static boolean hasInput(Tensor weight, int row) {
        int numColumns = weight.shape().extent(1);
        return IntStream.range(0, numColumns).anyMatch(column -> weight.values()[row * numColumns + column] != 0);
    }

    private static boolean hasOutput(Tensor weight, int column) {
        int numColumns = weight.shape().extent(1);
        return IntStream.range(0, weight.shape().extent(0))
                .anyMatch(row -> weight.values()[row * numColumns + column] != 0);
    }

    private static CompressionState remove(CompressionState state, DenseChain chain, int[] kept) {
        Node.Dense first = chain.first();
        Node.Dense second = chain.second();
        int[] firstInputs = IntStream.range(0, first.weight().shape().extent(1)).toArray();
        int[] secondOutputs =
                IntStream.range(0, second.weight().shape().extent(0)).toArray();
        Node.Dense smallerFirst = new Node.Dense(
                first.name(),
                first.input(),
                Selection.axis(first.weight(), 0, kept),
                first.bias() == null ? null : Selection.axis(first.bias(), 0, kept));
        Node.Dense smallerSecond = new Node.Dense(
                second.name(), second.input(), Selection.axis(second.weight(), 1, kept), foldedBias(chain, kept));
        Map<ParameterKey, LayerParametrization> parametrizations = new LinkedHashMap<>(state.parametrizations());
        parametrizations.computeIfPresent(
                new ParameterKey(first.name(), ParameterKey.WEIGHT), (key, p) -> p.select(kept, firstInputs));
        parametrizations.computeIfPresent(
                new ParameterKey(second.name(), ParameterKey.WEIGHT), (key, p) -> p.select(secondOutputs, kept));
        return new CompressionState(
                new NetworkEditor(state.network())
                        .replace(smallerFirst)
                        .replace(smallerSecond)
                        .network(),
                parametrizations,
                state.objectives(),
                state.choices());
    }

    /** Adds what the removed neurons without inputs contribute; null where there is no bias and nothing to add. */
    private static @Nullable Tensor foldedBias(DenseChain chain, int[] kept) {
        Node.Dense second = chain.second();
        float[] constants = chain.constants();
        for (int neuron : kept) {
            constants[neuron] = 0;
        }
        int numOutputs = second.weight().shape().extent(0);
        int numInputs = second.weight().shape().extent(1);
        float[] weights = second.weight().values();
        float[] folded = new float[numOutputs];
        boolean any = second.bias() != null;
        for (int output = 0; output < numOutputs; output++) {
            double sum = second.bias() == null ? 0 : second.bias().values()[output];
            for (int neuron = 0; neuron < numInputs; neuron++) {
                sum += (double) weights[output * numInputs + neuron] * constants[neuron];
            }
            folded[output] = (float) sum;
            any |= sum != 0;
        }
        return any ? new Tensor(Shape.of(numOutputs), folded) : null;
    }
}
