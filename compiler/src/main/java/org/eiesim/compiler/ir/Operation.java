package org.eiesim.compiler.ir;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.models.network.Node;
import org.jspecify.annotations.Nullable;

/** One operation of the graph being lowered. It yields one value, which bears its name. */
public sealed interface Operation permits Operation.Source, Operation.Identity, Operation.HostWork, Operation.Product {
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
     * @param inputs what it reads
     * @param kind what it computes
     * @param attributes its attributes, buffers not yet among them
     */
    record HostWork(String name, List<String> inputs, HostKind kind, SortedMap<String, Integer> attributes)
            implements Operation {
        /** Copies the collections. */
        public HostWork {
            inputs = List.copyOf(inputs);
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }

        @Override
        public Operation renameInputs(UnaryOperator<String> rename) {
            return new HostWork(name, inputs.stream().map(rename).toList(), kind, attributes);
        }
    }

    /**
     * Matrix-vector products of one layer, one per input vector and group: in each group the outputs of that group are
     * its rows of the weights times its part of the vector, plus bias, through the activation function.
     *
     * @param name its name
     * @param input what it reads: {@code numVectors} vectors of {@code groups * weights.columns()} values
     * @param layer the layer's name, for reports
     * @param kind what it was in the network
     * @param weights the weights of all groups
     * @param groups groups, dividing the outputs
     * @param bias one per output, or null; not copied
     * @param numVectors input vectors
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
            int numVectors,
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
            return new Product(
                    newName, newInput, layer, kind, weights, groups, bias, numVectors, newActivation, newTiles);
        }
    }
}
