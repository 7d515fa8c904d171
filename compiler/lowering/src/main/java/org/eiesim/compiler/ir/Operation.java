package org.eiesim.compiler.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.models.network.Node;
import org.jspecify.annotations.Nullable;

/** One operation of the graph being lowered. It yields one value, which bears its name. */
public sealed interface Operation
        permits Operation.Source, Operation.Identity, Operation.HostWork, Operation.Product, Operation.Recurrence {
    /**
     * Returns the operation's name.
     *
     * @return the name, also that of the value it yields
     */
    String name();

    /**
     * Returns what it reads.
     *
     * @return names of values
     */
    List<String> inputs();

    /**
     * Returns the operation reading other values.
     *
     * @param rename gives the new name of each value
     * @return the changed operation
     */
    Operation renameInputs(UnaryOperator<String> rename);

    /**
     * Returns the products it consists of.
     *
     * @return itself, the products of a recurrent cell, or none
     */
    default List<Product> products() {
        return List.of();
    }

    /**
     * Returns the operation with other products.
     *
     * @param change gives the product that takes the place of each
     * @return the changed operation; itself where it has none
     */
    default Operation mapProducts(UnaryOperator<Product> change) {
        return this;
    }

    /**
     * A node of the network that has not been legalised.
     *
     * @param node the node
     * @param inputs what it reads
     * @param weights its shared weights by the role of the parameter
     */
    record Source(Node node, List<String> inputs, Map<String, SharedWeights> weights) implements Operation {
        @Override
        public String name() {
            return node.name();
        }

        @Override
        public Operation renameInputs(UnaryOperator<String> rename) {
            return new Source(node, inputs.stream().map(rename).toList(), weights);
        }
    }

    /**
     * Passes its input on: the same values in the same order, perhaps in another shape.
     *
     * @param name its name
     * @param input what it reads
     */
    record Identity(String name, String input) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation renameInputs(UnaryOperator<String> rename) {
            return new Identity(name, rename.apply(input));
        }
    }

    /**
     * Work of the host.
     *
     * @param name its name
     * @param inputs what it reads: the input buffer, then the buffers its attributes name
     * @param kind what it computes
     * @param attributes its attributes, buffers and constants not yet among them
     * @param constants the constants its attributes name; not copied
     */
    record HostWork(
            String name,
            List<String> inputs,
            HostKind kind,
            SortedMap<String, Integer> attributes,
            List<float[]> constants)
            implements Operation {
        /** Copies the collections. */
        public HostWork {
            inputs = List.copyOf(inputs);
            constants = List.copyOf(constants);
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }

        @Override
        public Operation renameInputs(UnaryOperator<String> rename) {
            return new HostWork(name, inputs.stream().map(rename).toList(), kind, attributes, constants);
        }
    }

    /**
     * Matrix-vector products of one layer, one per input vector and group: in each group the outputs of that group are
     * its rows of the weights times its part of the vector, plus bias, through the activation function.
     *
     * @param name its name
     * @param input what it reads: vectors of {@code groups * weights.columns()} values
     * @param layer the layer's name, for reports
     * @param kind what it was in the network
     * @param weights the weights of all groups
     * @param groups groups, dividing the outputs
     * @param bias one per output, or null; not copied
     * @param vectors where its vectors lie
     * @param activation the function at the end
     * @param rowTiles its tiles, once it is tiled
     */
    record Product(
            String name,
            String input,
            String layer,
            LayerKind kind,
            SharedWeights weights,
            int groups,
            float @Nullable [] bias,
            Vectors vectors,
            ActivationCode activation,
            List<RowTile> rowTiles)
            implements Operation {
        /** Checks the extents. */
        public Product {
            rowTiles = List.copyOf(rowTiles);
            if (groups < 1 || weights.outputs() % groups != 0) {
                throw new IllegalArgumentException(groups + " groups do not divide " + weights.outputs() + " outputs");
            }
            if (bias != null && bias.length != weights.outputs()) {
                throw new IllegalArgumentException(bias.length + " biases for " + weights.outputs() + " outputs");
            }
        }

        /**
         * Returns the length of one input vector.
         *
         * @return {@code groups * weights.columns()}
         */
        public int numInputs() {
            return groups * weights.columns();
        }

        /**
         * Returns how many vectors it multiplies.
         *
         * @return the input vectors of one run of the network
         */
        public int numVectors() {
            return vectors.count();
        }

        @Override
        public List<Product> products() {
            return List.of(this);
        }

        @Override
        public Operation mapProducts(UnaryOperator<Product> change) {
            return change.apply(this);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Operation renameInputs(UnaryOperator<String> rename) {
            return copy(name, rename.apply(input), activation, rowTiles);
        }

        /**
         * Returns the product with an activation function at its end.
         *
         * @param newName name of the value it then yields
         * @param function the function
         * @return the changed product
         */
        public Product endingWith(String newName, ActivationCode function) {
            return copy(newName, input, function, rowTiles);
        }

        /**
         * Returns the product with tiles.
         *
         * @param tiles the tiles
         * @return the changed product
         */
        public Product withRowTiles(List<RowTile> tiles) {
            return copy(name, input, activation, tiles);
        }

        private Product copy(String newName, String newInput, ActivationCode newActivation, List<RowTile> newTiles) {
            return new Product(newName, newInput, layer, kind, weights, groups, bias, vectors, newActivation, newTiles);
        }
    }
    /**
     * A recurrent cell run over the steps of a sequence. In every step its phases run one after another, each followed by
     * host work on the gates; states start at 0, or as a value that is given. The sequence of hidden states is its value.
     *
     * <p>Source: EIE VII-A (NT-LSTM: one matrix over the input, the state and the bias).
     *
     * @param name its name
     * @param input what it reads: {@code numSteps} vectors of {@code numInputs} values
     * @param numSteps steps
     * @param numInputs values of one step's input
     * @param hidden values of the hidden state
     * @param weightShape rows of all phases, then inputs and state together
     * @param phases the phases of a step
     * @param initial the values that states start with, by state; the others start at 0
     */
    record Recurrence(
            String name,
            String input,
            int numSteps,
            int numInputs,
            int hidden,
            List<Integer> weightShape,
            List<Phase> phases,
            SortedMap<String, String> initial)
            implements Operation {
        /** Copies the lists. */
        public Recurrence {
            weightShape = List.copyOf(weightShape);
            phases = List.copyOf(phases);
            initial = Collections.unmodifiableSortedMap(new TreeMap<>(initial));
        }

        /**
         * Products into the same accumulators, and what the host makes of their sums.
         *
         * @param state the value that follows the step's input in the vector the products read
         * @param sums the value the accumulators are stored in
         * @param products one product over the input and the state, or one over the input and one over the state; a bias is
         *     with the last
         * @param gates what the host computes from the sums
         * @param reads values it reads besides
         * @param updates values it updates
         * @param output the value it yields
         * @param numbers numbers the host work needs, by attribute
         * @param constants constants the host work needs, in the order of its kind
         */
        public record Phase(
                String state,
                String sums,
                List<Product> products,
                HostKind gates,
                List<String> reads,
                List<String> updates,
                String output,
                SortedMap<String, Integer> numbers,
                List<float[]> constants) {
            /** Copies the lists. */
            public Phase {
                products = List.copyOf(products);
                reads = List.copyOf(reads);
                updates = List.copyOf(updates);
                numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
                constants = List.copyOf(constants);
            }

            Phase with(List<Product> newProducts) {
                return new Phase(state, sums, newProducts, gates, reads, updates, output, numbers, constants);
            }
        }

        /**
         * Returns the values it keeps in host buffers besides its input and output.
         *
         * @return sums, states and what passes from one phase to the next
         */
        public Set<String> scratch() {
            Set<String> scratch = new LinkedHashSet<>();
            for (Phase phase : phases) {
                scratch.add(phase.state());
                scratch.add(phase.sums());
                scratch.addAll(phase.reads());
                scratch.addAll(phase.updates());
                scratch.add(phase.output());
            }
            scratch.remove(name);
            return scratch;
        }

        /**
         * Returns the cell with other phases.
         *
         * @param change gives the products that take the place of those of each phase
         * @return the changed cell
         */
        public Recurrence mapPhases(UnaryOperator<List<Product>> change) {
            List<Phase> changed = phases.stream()
                    .map(phase -> phase.with(change.apply(phase.products())))
                    .toList();
            return new Recurrence(name, input, numSteps, numInputs, hidden, weightShape, changed, initial);
        }

        @Override
        public List<Product> products() {
            return phases.stream().flatMap(phase -> phase.products().stream()).toList();
        }

        @Override
        public Operation mapProducts(UnaryOperator<Product> change) {
            return mapPhases(products -> products.stream().map(change).toList());
        }

        @Override
        public List<String> inputs() {
            List<String> inputs = new ArrayList<>(List.of(input));
            inputs.addAll(initial.values());
            return inputs;
        }

        @Override
        public Operation renameInputs(UnaryOperator<String> rename) {
            SortedMap<String, String> renamed = new TreeMap<>(initial);
            renamed.replaceAll((state, value) -> rename.apply(value));
            return new Recurrence(name, rename.apply(input), numSteps, numInputs, hidden, weightShape, phases, renamed);
        }
    }
}
