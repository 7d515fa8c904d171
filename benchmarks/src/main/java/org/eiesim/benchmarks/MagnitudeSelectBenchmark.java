package org.eiesim.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eiesim.kernels.linalg.MagnitudeSelect;
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

/** Finding the threshold that keeps the largest tenth of a layer's weights, beside sorting their magnitudes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other.
public class MagnitudeSelectBenchmark {
    private static final int KEEP_ONE_IN = 10;

    /** Weights; AlexNet's FC6 has 37.7 million. */
    @Param("38000000")
    public int size;

    private float[] weights;

    /** Draws the weights. */
    @Setup
    public void prepare() {
        weights = PrunedWeights.dense(size);
    }

    /**
     * By selection.
     *
     * @return the threshold
     */
    @Benchmark
    public MagnitudeSelect.Threshold select() {
        return MagnitudeSelect.largest(weights, size / KEEP_ONE_IN);
    }

    /**
     * By sorting.
     *
     * @return the threshold
     */
    @Benchmark
    public float sort() {
        float[] magnitudes = new float[size];
        for (int i = 0; i < size; i++) {
            magnitudes[i] = Math.abs(weights[i]);
        }
        Arrays.sort(magnitudes);
        return magnitudes[size - size / KEEP_ONE_IN];
    }
}
