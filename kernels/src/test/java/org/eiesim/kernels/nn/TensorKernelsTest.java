package org.eiesim.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eiesim.kernels.linalg.BatchedProduct;
import org.junit.jupiter.api.Test;

/** Kernels on whole tensors against element-by-element index arithmetic. */
class TensorKernelsTest {
    private static final int CASES = 300;

    private static final List<ArithmeticOperator> OPERATORS = List.of(ArithmeticOperator.values());

    @Test
    void broadcastAlignsAxesFromTheLast() {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int[] full = extents(random, 1 + random.nextInt(4));
            int[] left = thinned(full, random);
            int[] right = thinned(full, random);
            int[] result = Broadcast.extents(left, right);
            ArithmeticOperator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
            float[] a = gaussian(random, size(left));
            float[] b = gaussian(random, size(right));
            float[] output = new float[size(result)];
            Broadcast.apply(operator, a, left, b, right, output);
            int[] leftPositions = Broadcast.positions(left, result);
            for (int i = 0; i < output.length; i++) {
                int[] position = position(i, result);
                int atLeft = at(position, left);
                assertThat(leftPositions[i]).isEqualTo(atLeft);
                float expected = operator.apply(a[atLeft], b[at(position, right)]);
                assertThat(Float.compare(output[i], expected))
                        .as("seed %d", seed)
                        .isZero();
            }
        }
        assertThatThrownBy(() -> Broadcast.extents(new int[] {2, 3}, new int[] {2}))
                .hasMessage("extents [2, 3] and [2] do not match");
    }

    @Test
    void transposeMovesEveryElement() {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int[] extents = extents(random, random.nextInt(5));
            int[] permutation = permutation(random, extents.length);
            int[] result = new int[extents.length];
            for (int axis = 0; axis < result.length; axis++) {
                result[axis] = extents[permutation[axis]];
            }
            float[] input = gaussian(random, size(extents));
            float[] output = new float[input.length];
            Rearrangement.transpose(input, extents, permutation, output);
            for (int i = 0; i < output.length; i++) {
                int[] position = position(i, result);
                int[] from = new int[position.length];
                for (int axis = 0; axis < from.length; axis++) {
                    from[permutation[axis]] = position[axis];
                }
                assertThat(output[i]).as("seed %d", seed).isEqualTo(input[at(from, extents)]);
            }
        }
        assertThatThrownBy(
                        () -> Rearrangement.transpose(new float[4], new int[] {2, 2}, new int[] {1, 1}, new float[4]))
                .hasMessageContaining("twice");
    }

    @Test
    void slicesOfAPartitionConcatenateToTheWhole() {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int[] extents = extents(random, 1 + random.nextInt(4));
            int axis = random.nextInt(extents.length);
            int cut = random.nextInt(extents[axis]);
            float[] input = gaussian(random, size(extents));
            float[] whole = new float[input.length];
            for (int start : new int[] {0, cut}) {
                int count = start == cut ? extents[axis] - cut : cut;
                if (count == 0) {
                    continue;
                }
                int[] part = extents.clone();
                part[axis] = count;
                float[] slice = new float[size(part)];
                Rearrangement.slice(input, extents, axis, start, count, 1, slice);
                Rearrangement.place(slice, part, axis, whole, extents[axis], start);
            }
            assertThat(whole).as("seed %d", seed).isEqualTo(input);
            float[] reversed = new float[input.length];
            Rearrangement.slice(input, extents, axis, extents[axis] - 1, extents[axis], -1, reversed);
            int[] last = new int[extents.length];
            last[axis] = extents[axis] - 1;
            assertThat(reversed[0]).isEqualTo(input[at(last, extents)]);
        }
        assertThatThrownBy(() -> Rearrangement.slice(new float[4], new int[] {4}, 0, 2, 3, 1, new float[3]))
                .hasMessage("last element of the slice must be 0..3, not 4");
    }

    @Test
    void reductionsVisitEveryElementOnce() {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int[] extents = extents(random, 1 + random.nextInt(4));
            boolean[] reduced = new boolean[extents.length];
            int[] kept = extents.clone();
            for (int axis = 0; axis < extents.length; axis++) {
                reduced[axis] = random.nextBoolean();
                kept[axis] = reduced[axis] ? 1 : extents[axis];
            }
            float[] input = gaussian(random, size(extents));
            double[] sums = new double[size(kept)];
            double[] largest = new double[size(kept)];
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
            for (int i = 0; i < input.length; i++) {
                int to = at(position(i, extents), kept);
                sums[to] += input[i];
                largest[to] = Math.max(largest[to], input[i]);
            }
            float[] mean = new float[sums.length];
            Reduction.apply(ReductionOperator.MEAN, input, extents, reduced, mean);
            float[] maximum = new float[sums.length];
            Reduction.apply(ReductionOperator.MAXIMUM, input, extents, reduced, maximum);
            for (int i = 0; i < sums.length; i++) {
                assertThat(mean[i])
                        .as("seed %d", seed)
                        .isEqualTo((float) (sums[i] * sums.length / input.length), within(1e-6f));
                assertThat(maximum[i]).as("seed %d", seed).isEqualTo((float) largest[i]);
            }
        }
    }

    @Test
    void rowsAreLookedUpByWholeNumbers() {
        float[] output = new float[4];
        Rearrangement.rows(new float[] {1, 2, 3, 4, 5, 6}, 2, new float[] {2, 0}, output);
        assertThat(output).containsExactly(5, 6, 1, 2);
        Rearrangement.rows(new float[] {1, 2, 3, 4, 5, 6}, 2, new float[] {-1, -3}, output);
        assertThat(output).containsExactly(5, 6, 1, 2);
        for (float wrong : new float[] {-4, 3, 0.5f, Float.NaN}) {
            assertThatThrownBy(() -> Rearrangement.rows(new float[6], 2, new float[] {0, wrong}, new float[4]))
                    .hasMessageContaining("at position 1 is not a row");
        }
    }

    @Test
    void stacksOfMatricesAreMultipliedOneByOne() {
        float[] left = {1, 2, 3, 4};
        float[] right = {1, 0, 0, 1, 2, 0, 0, 3};
        float[] output = new float[8];
        BatchedProduct.multiply(left, new int[] {0, 0}, right, new int[] {1, 0}, 2, 2, 2, output);
        assertThat(output).containsExactly(2, 6, 6, 12, 1, 2, 3, 4);
    }

    /** Values of Abramowitz and Stegun, table 7.1. */
    @Test
    void errorFunctionIsExactToFloat() {
        double[][] table = {{0, 0}, {0.5, 0.5204998778}, {1, 0.8427007929}, {1.5, 0.9661051465}, {2, 0.9953222650}};
        for (double[] row : table) {
            assertThat(ErrorFunction.erf(row[0])).isEqualTo(row[1], within(6e-11));
            assertThat(ErrorFunction.erf(-row[0])).isEqualTo(-row[1], within(6e-11));
        }
        assertThat(ErrorFunction.erf(5.99)).isEqualTo(1, within(1e-15));
        assertThat(ErrorFunction.erf(6)).isEqualTo(1);
        assertThat(Activations.gelu(1)).isEqualTo((float) 0.841344746);
        assertThat(Activations.geluTanh(1)).isEqualTo((float) 0.841191991);
    }

    /** y = x / (1 + 2/2 * sum)^1 with neighbourhoods {0}, {0, 1}: with size 2 the one after the channel. */
    @Test
    void localResponseLooksAtTheChannelsAround() {
        float[] output = new float[3];
        Normalization.localResponse(new float[] {1, 2, 3}, 1, 2, 2, 1, 1, output);
        assertThat(output).containsExactly(1f / 6, 2f / 14, 3f / 10);
    }

    private static int[] extents(Random random, int rank) {
        return random.ints(rank, 1, 5).toArray();
    }

    /** Leaves out some outer axes and makes some others 1. */
    private static int[] thinned(int[] extents, Random random) {
        int[] thinned = Arrays.copyOfRange(extents, random.nextInt(extents.length), extents.length);
        for (int axis = 0; axis < thinned.length; axis++) {
            thinned[axis] = random.nextInt(3) == 0 ? 1 : thinned[axis];
        }
        return thinned;
    }

    private static int[] permutation(Random random, int length) {
        int[] permutation = new int[length];
        for (int i = 0; i < length; i++) {
            int swap = random.nextInt(i + 1);
            permutation[i] = permutation[swap];
            permutation[swap] = i;
        }
        return permutation;
    }

    private static int size(int[] extents) {
        return Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    }

    private static int[] position(int index, int[] extents) {
        int[] position = new int[extents.length];
        int rest = index;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            position[axis] = rest % extents[axis];
            rest /= extents[axis];
        }
        return position;
    }

    /** Where an operand with fewer axes, or extents of 1, has the element at a position. */
    private static int at(int[] position, int[] extents) {
        int at = 0;
        for (int axis = 0; axis < extents.length; axis++) {
            int own = position[position.length - extents.length + axis];
            at = at * extents[axis] + (extents[axis] == 1 ? 0 : own);
        }
        return at;
    }

    private static float[] gaussian(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
