package org.eiesim.benchmarks;

import java.util.concurrent.TimeUnit;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.kernels.sparse.InterleavedCscDecoder;
import org.eiesim.kernels.sparse.RelativeIndex;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Relative-index coding, for files (one run) and for the machine (interleaved over 64 PEs). {@code entries} counts entries
 * a second, padding included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other.
public class RelativeIndexBenchmark {
    private static final int NUM_PES = 64;
    private static final int INDEX_BITS = 4;

    /** Rows and columns of the layer. */
    @Param("4096")
    public int size;

    /** Percent of the weights that are not zero. */
    @Param({"9", "25"})
    public int densityPercent;

    private byte[] codes;
    private byte[] decoded;
    private RelativeIndex.Entries entries;
    private InterleavedCsc matrix;

    /** Counts entries. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counter {
        /** Entries written or read. */
        public long entries;
    }

    /** Draws the codes. */
    @Setup
    public void prepare() {
        codes = PrunedWeights.codes(size * size, densityPercent / 100.0);
        decoded = new byte[codes.length];
        entries = RelativeIndex.encode(codes, 0, codes.length, INDEX_BITS);
        matrix = InterleavedCscBuilder.build(codes, size, size, NUM_PES, INDEX_BITS);
    }

    /**
     * Counts the entries for every index width.
     *
     * @param counter counts entries
     * @return the counts
     */
    @Benchmark
    public int[] countByWidth(Counter counter) {
        counter.entries += entries.count();
        return RelativeIndex.countByWidth(codes, 0, codes.length);
    }

    /**
     * Encodes one run.
     *
     * @param counter counts entries
     * @return the entries
     */
    @Benchmark
    public RelativeIndex.Entries encode(Counter counter) {
        counter.entries += entries.count();
        return RelativeIndex.encode(codes, 0, codes.length, INDEX_BITS);
    }

    /**
     * Decodes one run.
     *
     * @param counter counts entries
     * @return the codes
     * @throws FormatException never
     */
    @Benchmark
    public byte[] decode(Counter counter) throws FormatException {
        counter.entries += entries.count();
        RelativeIndex.decode(entries, INDEX_BITS, decoded, 0, decoded.length);
        return decoded;
    }

    /**
     * Encodes for the machine.
     *
     * @param counter counts entries
     * @return the matrix
     */
    @Benchmark
    public InterleavedCsc interleave(Counter counter) {
        counter.entries += matrix.numEntries();
        return InterleavedCscBuilder.build(codes, size, size, NUM_PES, INDEX_BITS);
    }

    /**
     * Decodes the machine's matrix.
     *
     * @param counter counts entries
     * @return the codes
     */
    @Benchmark
    public byte[] deinterleave(Counter counter) {
        counter.entries += matrix.numEntries();
        return InterleavedCscDecoder.decode(matrix);
    }
}
