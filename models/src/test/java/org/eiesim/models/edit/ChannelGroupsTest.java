package org.eiesim.models.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;

class ChannelGroupsTest {
    private static final int NUM_GRAPHS = 300;

    /** The definition: without some groups the network yields what it yields when consumers' weights for them are zero. */
    @Test
    void narrowedEqualsMaskedOnRandomGraphs() {
        int numRemoved = 0;
        for (long seed = 0; seed < NUM_GRAPHS; seed++) {
            Network network = RandomGraphs.create(seed);
            ChannelGroups groups = ChannelGroups.of(network);
            Set<Integer> removed = choose(groups, new Random(seed));
            numRemoved += removed.size();
            Network narrowed =
                    new NetworkEditor(network).narrow(groups, removed).network();
            Network masked = Masking.apply(network, groups, removed);
            float[] input = input(seed);

            float[] expected = new ReferenceExecutor(masked).run(input);
            float[] actual = new ReferenceExecutor(narrowed).run(input);

            assertThat(actual).as("seed %d", seed).hasSize(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i])
                        .as("seed %d, output %d", seed, i)
                        .isCloseTo(expected[i], within(1e-5f * Math.max(1, Math.abs(expected[i]))));
            }
            assertThat(size(narrowed)).as("seed %d", seed).isLessThanOrEqualTo(size(network));
            if (!removed.isEmpty()) {
                assertThat(size(narrowed)).as("seed %d", seed).isLessThan(size(network));
            }
        }
        assertThat(numRemoved).isGreaterThan(NUM_GRAPHS);
    }

    /** Every group is a partition of the places: each element of each axis is in exactly one. */
    @Test
    void groupsPartitionTheElements() {
        for (long seed = 0; seed < 50; seed++) {
            ChannelGroups groups = ChannelGroups.of(RandomGraphs.create(seed));
            for (ChannelGroups.Group group : groups.groups()) {
                for (ChannelGroups.Elements elements : group.elements()) {
                    int[] of = groups.of(elements.value(), elements.axis());
                    List<Integer> mine = new ArrayList<>();
                    for (int i = 0; i < of.length; i++) {
                        if (of[i] == group.number()) {
                            mine.add(i);
                        }
                    }
                    assertThat(elements.indices()).isEqualTo(mine);
                }
            }
        }
    }

    private static Set<Integer> choose(ChannelGroups groups, Random random) {
        Set<Integer> removed = new TreeSet<>();
        for (ChannelGroups.Group group : groups.groups()) {
            if (group.free() && random.nextInt(3) == 0) {
                removed.add(group.number());
                if (group.elements().stream().anyMatch(elements -> isEmptied(groups, elements, removed))) {
                    removed.remove(group.number());
                }
            }
        }
        return removed;
    }

    private static boolean isEmptied(ChannelGroups groups, ChannelGroups.Elements elements, Set<Integer> removed) {
        return Arrays.stream(groups.of(elements.value(), elements.axis())).allMatch(removed::contains);
    }

    private static float[] input(long seed) {
        Random random = new Random(~seed);
        float[] input = new float[3 * 4 * 4];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextGaussian();
        }
        return input;
    }

    private static long size(Network network) {
        return network.parameters().values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();
    }

    private static Tensor tensor(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        return new Tensor(Shape.of(rows, columns), values);
    }

    private static Network residual() {
        return new Network(
                "residual",
                List.of(new Network.Input("x", Shape.of(2))),
                List.of(
                        new Node.Dense("a", "x", tensor(3, 2), null),
                        new Node.Dense("b", "a", tensor(3, 3), null),
                        new Node.Arithmetic("sum", ArithmeticOperator.ADD, "a", "b"),
                        new Node.Activation("relu", "sum", ActivationFunction.RELU),
                        new Node.Dense("y", "relu", tensor(2, 3), null)),
                List.of("y"));
    }

    @Test
    void bothBranchesOfASumShareTheirChannels() {
        ChannelGroups groups = ChannelGroups.of(residual());

        assertThat(groups.ofOutputs("a")).isEqualTo(groups.ofOutputs("b")).isEqualTo(groups.of("relu", 0));
        assertThat(groups.groups().get(groups.ofOutputs("a")[1]).free()).isTrue();
        assertThat(groups.groups().get(groups.ofOutputs("y")[0]).free()).isFalse();
        assertThat(groups.groups().get(groups.of("x", 0)[0]).free()).isFalse();
        Network narrowed = new NetworkEditor(residual())
                .narrow(groups, Set.of(groups.ofOutputs("a")[1]))
                .network();
        assertThat(narrowed.parameters().get(new ParameterKey("b", ParameterKey.WEIGHT)))
                .isEqualTo(new Tensor(Shape.of(2, 2), new float[] {1, 3, 7, 9}));
    }

    @Test
    void whatCannotGoIsSaid() {
        ChannelGroups groups = ChannelGroups.of(residual());
        NetworkEditor editor = new NetworkEditor(residual());
        Set<Integer> all = new TreeSet<>();
        Arrays.stream(groups.ofOutputs("a")).forEach(all::add);

        assertThatThrownBy(() -> editor.narrow(groups, Set.of(groups.of("x", 0)[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("element 0 of axis 0 of x, cannot be removed");
        assertThatThrownBy(() -> editor.narrow(groups, all))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would lose all of its 3 elements");
        assertThatThrownBy(() -> editor.narrow(groups, Set.of(99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no channel group 99");
    }

    @Test
    void nodesAreInsertedRemovedAndReplaced() {
        Network edited = new NetworkEditor(residual())
                .insertAfter("a", new Node.Dropout("drop", "a", 0.5))
                .remove("relu")
                .replace(
                        "y",
                        List.of(
                                new Node.Dense("low", "sum", tensor(1, 3), null),
                                new Node.Dense("y", "low", tensor(2, 1), null)))
                .network();

        assertThat(edited.nodes()).extracting(Node::name).containsExactly("a", "drop", "b", "sum", "low", "y");
        assertThat(edited.nodes().get(2).inputs()).containsExactly("drop");
        assertThat(edited.nodes().get(3).inputs()).containsExactly("drop", "b");
        assertThat(new NetworkEditor(edited)
                        .rewire(Map.of("sum", "a"))
                        .removeUnread()
                        .network()
                        .nodes())
                .extracting(Node::name)
                .containsExactly("a", "low", "y");
    }
}
