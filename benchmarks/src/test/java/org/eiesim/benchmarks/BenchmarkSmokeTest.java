package org.eiesim.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, at a size that takes no time, and what stands side by side computes the same. */
class BenchmarkSmokeTest {
    @ParameterizedTest
    @CsvSource({
        "ExactEngineBenchmark, 4, layer=NT-We",
        "ClockedEngineBenchmark, 3, layer=NT-We",
        "NetworkBenchmark, 6, inputs=5",
        "ExactScalingBenchmark, 2, liveEntries=10000 pes=64",
        "SparseProductBenchmark, 5, layer=NT-We",
        "HuffmanBenchmark, 12, size=20000",
        "KMeansBenchmark, 3, size=3000 commonsIterations=20",
        "MagnitudeSelectBenchmark, 2, size=20000",
        "RelativeIndexBenchmark, 10, size=256"
    })
    void runs(String name, int numResults, String parameters) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + name + "\\.")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        for (String parameter : parameters.split(" ", -1)) {
            int equals = parameter.indexOf('=');
            options.param(parameter.substring(0, equals), parameter.substring(equals + 1));
        }

        Collection<RunResult> results = new Runner(options.build()).run();

        assertThat(results).hasSize(numResults);
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

    @Test
    void theEngineComputesWhatThePlainProductComputes() throws IOException {
        ExactEngineBenchmark benchmark = new ExactEngineBenchmark();
        benchmark.layer = "NT-LSTM";
        benchmark.prepare();

        assertThat(benchmark.full()).isEqualTo(benchmark.scalarProduct());
        double[] ejml = benchmark.ejmlProduct();
        float[] plain = benchmark.scalarProduct();
        for (int row = 0; row < plain.length; row++) {
            assertThat((double) plain[row]).isCloseTo(ejml[row], within(1e-3));
        }
        assertThat(benchmark.timing().cycles).isPositive();
    }

    @Test
    void theSparseProductsAgree() throws IOException {
        SparseProductBenchmark benchmark = new SparseProductBenchmark();
        benchmark.layer = "NT-We";
        benchmark.prepare();
        float[] plain = benchmark.plainColumns();

        assertThat(benchmark.encodedStreams()).isEqualTo(plain);
        for (double[] other : List.of(
                benchmark.ejml(),
                benchmark.ojAlgoColumns().toRawCopy1D(),
                benchmark.ojAlgoRows().toRawCopy1D())) {
            assertThat(other).hasSize(plain.length);
            for (int row = 0; row < plain.length; row++) {
                assertThat(other[row]).isCloseTo(plain[row], within(1e-3));
            }
        }
    }

    /** With {@code -Dwhole=true} on as many values as the benchmark's larger size, for about a minute; else on a few. */
    @Test
    void kMeansIsNoWorseThanCommonsMaths() {
        KMeansBenchmark benchmark = new KMeansBenchmark();
        benchmark.size = Boolean.getBoolean("whole") ? 3_400_000 : 5000;
        benchmark.commonsIterations = 1000;
        benchmark.prepare();

        double commonsError = squaredError(benchmark.commonsMath());

        assertThat(benchmark.optimal().squaredError()).isLessThanOrEqualTo(commonsError * (1 + 1e-6));
    }

    private static double squaredError(List<CentroidCluster<DoublePoint>> clusters) {
        double error = 0;
        for (CentroidCluster<DoublePoint> cluster : clusters) {
            double center = cluster.getCenter().getPoint()[0];
            for (DoublePoint point : cluster.getPoints()) {
                double distance = point.getPoint()[0] - center;
                error += distance * distance;
            }
        }
        return error;
    }

    @Test
    void selectionFindsTheThresholdOfTheSort() {
        MagnitudeSelectBenchmark benchmark = new MagnitudeSelectBenchmark();
        benchmark.size = 100_000;
        benchmark.prepare();

        assertThat(benchmark.select().magnitude()).isEqualTo(benchmark.sort());
    }
}
