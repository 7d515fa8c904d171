package org.eiesim.studies.workload;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.target.Placement;
import org.eiesim.compiler.target.Target.BiasMode;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.exact.EntryCounts;
import org.eiesim.simulator.exact.SparsePattern;
import org.eiesim.simulator.machine.ProductImage;
import org.eiesim.simulator.machine.TransferCounts;
import org.jspecify.annotations.Nullable;

/**
 * One matrix-vector product with its bias as last column, known by its non-zeros and live inputs: a layer of the EIE
 * paper, or a dump. As in the paper it is one product whatever the memories' capacities, biases go through the codebook,
 * and the live inputs are given; capacities change prices only. The codebook and inputs are moved in and the outputs out,
 * as for a dump in {@code eie simulate}; its weights are there before.
 */
public final class LayerWorkload implements Workload {
    private static final int CODEBOOK_BITS = 4;

    private static final int CODEBOOK_SIZE = 1 << CODEBOOK_BITS;

    private final String name;
    private final String identity;
    private final Supplier<Matrix> source;
    private @Nullable Matrix matrix;

    /** The product's non-zeros and live inputs and, where it came laid out for a machine, that image. */
    private record Matrix(
            SparsePattern weights,
            SparsePattern bias,
            int[] liveInputs,
            @Nullable ProductImage stored) {}

    private LayerWorkload(String name, String identity, Supplier<Matrix> source) {
        this.name = name;
        this.identity = identity;
        this.source = source;
    }

    /**
     * Takes a synthetic layer. It is drawn when it is first laid out.
     *
     * @param shape its size and densities
     * @param seed the seed
     * @return the workload, named as the shape
     */
    public static LayerWorkload of(LayerShape shape, long seed) {
        return new LayerWorkload(shape.name(), "layer " + shape + " seed " + seed, () -> {
            SyntheticLayer layer = SyntheticLayer.draw(shape, seed);
            return new Matrix(layer.weights(), layer.bias(), layer.liveInputs(), null);
        });
    }

    /**
     * Takes a dump. Machines of as many PEs and index bits as it was made for run it as it is, others re-encode it.
     *
     * @param name what tables call it
     * @param dump the dump; its arrays are shared
     * @return the workload
     */
    public static LayerWorkload of(String name, Dump dump) {
        return new LayerWorkload(
                name,
                "dump " + Digest.of(dump),
                () -> new Matrix(
                        DumpPattern.weights(dump),
                        DumpPattern.bias(dump),
                        DumpPattern.liveInputs(dump),
                        new ProductImage(dump.matrix(), dump.codebook(), dump.numInputs(), true)));
    }

    private synchronized Matrix matrix() {
        Matrix known = matrix;
        if (known == null) {
            known = source.get();
            matrix = known;
        }
        return known;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public List<Parameter<?>> traceParameters() {
        return List.of(Parameters.PES, Parameters.INDEX_BITS);
    }

    @Override
    public void requireRunnable(MachineConfig config) {
        int weightBits = config.get(Parameters.WEIGHT_BITS);
        if (weightBits < CODEBOOK_BITS) {
            throw new IllegalArgumentException("weight_bits = " + weightBits + " is too few for the codebook of "
                    + CODEBOOK_SIZE + " of layer " + name);
        }
    }

    @Override
    public WorkloadTrace trace(MachineConfig config) {
        requireRunnable(config);
        Matrix layer = matrix();
        LiveSets live = new LiveSets(layer.weights().numColumns());
        live.append(layer.liveInputs());
        ProductTrace product = new ProductTrace(counts(layer, config.pes(), config.get(Parameters.INDEX_BITS)), live);
        TransferCounts moved = new TransferCounts(
                0,
                0,
                CODEBOOK_SIZE,
                0,
                layer.weights().numColumns(),
                layer.weights().numRows());
        return new WorkloadTrace(
                config.pes(),
                1,
                List.of(new WorkloadTrace.LayerTrace(name, List.of(product), moved, 0)),
                Double.NaN,
                null);
    }

    /** A dump's inputs are live if positive, its bias is a column, its rows are interleaved. */
    @Override
    public Map<String, String> fixedSettings() {
        return Map.of(
                Parameters.LIVE_INPUTS.key(),
                Parameters.LIVE_INPUTS.domain().print(LiveInputs.POSITIVE),
                Parameters.BIAS.key(),
                Parameters.BIAS.domain().print(BiasMode.COLUMN),
                Parameters.PLACEMENT.key(),
                Parameters.PLACEMENT.domain().print(Placement.INTERLEAVED));
    }

    private static EntryCounts counts(Matrix layer, int numPes, int indexBits) {
        ProductImage stored = layer.stored();
        if (stored != null
                && stored.matrix().numPes() == numPes
                && stored.matrix().indexBits() == indexBits) {
            return EntryCounts.of(stored);
        }
        return EntryCounts.of(layer.weights(), layer.bias(), numPes, indexBits);
    }
}
