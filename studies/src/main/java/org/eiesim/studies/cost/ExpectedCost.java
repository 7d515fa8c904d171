package org.eiesim.studies.cost;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.CostModel;
import org.eiesim.compiler.compress.CostModels.Measure;
import org.eiesim.models.network.Node;
import org.eiesim.simulator.exact.SparsePattern;
import org.eiesim.studies.workload.WorkloadTrace;

/**
 * The cost of a candidate of fully connected layers whose inputs are live with a given probability: each layer is one
 * product, whatever the memories hold, over a few drawn sets of live inputs. The sets are the same for all candidates, and
 * a layer that has been seen before costs nothing, so that a search that changes one layer at a time waits for one layer.
 * Of one thread.
 */
final class ExpectedCost implements CostModel {
    private static final int NUM_SETS = 4;

    private final MachineCosts machine;
    private final Measure measure;
    private final double liveDensity;
    private final long seed;
    private final Map<String, int[][]> liveSets = new HashMap<>();
    /** By the array of codes: a compressed layer never changes it. */
    private final IdentityHashMap<byte[], Double> known = new IdentityHashMap<>();

    ExpectedCost(MachineCosts machine, Measure measure, double liveDensity, long seed) {
        this.machine = machine;
        this.measure = measure;
        this.liveDensity = liveDensity;
        this.seed = seed;
    }

    @Override
    public String unit() {
        return MachineCosts.unit(measure);
    }

    @Override
    public double cost(CompressedNetwork candidate) {
        double sum = 0;
        for (CompressedLayer layer : candidate.layers()) {
            requireDense(candidate, layer);
            sum += known.computeIfAbsent(layer.codes(), codes -> costOf(layer));
        }
        return sum;
    }

    private static void requireDense(CompressedNetwork candidate, CompressedLayer layer) {
        String name = layer.key().layerName();
        for (Node node : candidate.network().nodes()) {
            if (node.name().equals(name) && !(node instanceof Node.Dense)) {
                throw new IllegalArgumentException("layer " + name
                        + " is not fully connected, so that its cost cannot be estimated from live-density;"
                        + " leave that out to have images run");
            }
        }
    }

    private double costOf(CompressedLayer layer) {
        int numInputs = layer.shape().extent(1);
        int[][] sets = liveSets.computeIfAbsent(layer.key().layerName(), name -> draw(name, numInputs));
        WorkloadTrace trace = WorkloadTrace.ofLayer(pattern(layer), sets, machine.config());
        return machine.total(measure, trace) / NUM_SETS;
    }

    private int[][] draw(String name, int numInputs) {
        SplittableRandom random = new SplittableRandom(seed + name.hashCode());
        int[][] sets = new int[NUM_SETS][];
        for (int set = 0; set < NUM_SETS; set++) {
            sets[set] = IntStream.range(0, numInputs)
                    .filter(input -> random.nextDouble() < liveDensity)
                    .toArray();
        }
        return sets;
    }

    /** Finds the codes that are not 0, column by column. */
    private static SparsePattern pattern(CompressedLayer layer) {
        int numRows = layer.shape().extent(0);
        int numColumns = layer.shape().extent(1);
        byte[] codes = layer.codes();
        int[] starts = new int[numColumns + 1];
        for (int row = 0; row < numRows; row++) {
            for (int column = 0; column < numColumns; column++) {
                starts[column + 1] += codes[row * numColumns + column] == 0 ? 0 : 1;
            }
        }
        for (int column = 0; column < numColumns; column++) {
            starts[column + 1] += starts[column];
        }
        int[] next = starts.clone();
        int[] rows = new int[starts[numColumns]];
        for (int row = 0; row < numRows; row++) {
            for (int column = 0; column < numColumns; column++) {
                if (codes[row * numColumns + column] != 0) {
                    rows[next[column]++] = row;
                }
            }
        }
        return new SparsePattern(numRows, starts, rows);
    }
}
