package org.eiesim.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.eiesim.kernels.cluster.Initialization;
import org.eiesim.kernels.cluster.KMeans1d;
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

/** Finding the 15 shared weights of a layer, beside Commons Math's k-means. The latter starts from k-means++ and stops when
 * no value moves or after {@code commonsIterations}; the former runs to its fixed point. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other.
public class KMeansBenchmark {
    private static final int CLUSTERS = 15;

    /** Non-zero weights; AlexNet's FC6 has 3.4 million. */
    @Param({"100000", "3400000"})
    public int size;

    /** Where Commons Math gives up. */
    @Param("1000")
    public int commonsIterations;

    private float[] values;
    private List<DoublePoint> points;

    /** Draws the weights. */
    @Setup
    public void prepare() {
        values = PrunedWeights.nonzeros(size);
        points = new ArrayList<>(size);
        for (float value : values) {
            points.add(new DoublePoint(new double[] {value}));
        }
    }

    /**
     * Lloyd's iteration on sorted values, centroids spread evenly over their range at the start.
     *
     * @return the clustering
     */
    @Benchmark
    public KMeans1d.Result linearStart() {
        return KMeans1d.cluster(values, CLUSTERS, Initialization.LINEAR, 1);
    }

    /**
     * The best clustering found in one dimension.
     *
     * @return the clustering
     */
    @Benchmark
    public KMeans1d.Result optimal() {
        return KMeans1d.cluster(values, CLUSTERS, Initialization.OPTIMAL, 1);
    }

    /**
     * Commons Math.
     *
     * @return the clusters
     */
    @Benchmark
    public List<CentroidCluster<DoublePoint>> commonsMath() {
        return new KMeansPlusPlusClusterer<DoublePoint>(
                        CLUSTERS, commonsIterations, new EuclideanDistance(), new Well19937c(1))
                .cluster(points);
    }
}
