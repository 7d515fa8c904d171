package org.eiesim.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.exact.EntryCounts;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.exact.ExactProduct;
import org.eiesim.simulator.exact.ExactTiming;
import org.eiesim.simulator.machine.EventRecord;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.sparse.csc.mult.MatrixVectorMult_DSCC;
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

/**
 * One input through one layer on 64 PEs, one thread: the exact engine's timing alone, its full run, and the plain sparse
 * product that yields the outputs and nothing else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other.
public class ExactEngineBenchmark {
    /** A layer of EIE Table III, {@code fc8-like}, or the path of a dump folder. */
    @Param({"fc8-like", "Alex-6", "Alex-7", "Alex-8", "VGG-6", "VGG-7", "VGG-8", "NT-We", "NT-Wd", "NT-LSTM"})
    public String layer;

    private float[] inputs;
    private int[] liveInputs;
    private EventRecord events;
    private ExactTiming timing;
    private ExactProduct product;
    private float[] accumulators;
    private PlainProduct plain;
    private DMatrixSparseCSC ejmlMatrix;
    private double[] ejmlInputs;
    private double[] ejmlOutputs;

    /**
     * Prepares the layer.
     *
     * @throws IOException if a dump cannot be read
     */
    @Setup
    public void prepare() throws IOException {
        Layers layers = Layers.open(layer);
        int numPes = layers.image().matrix().numPes();
        MachineConfig config =
                MachineConfig.defaults().with(Parameters.PES, numPes).with(Parameters.LIVE_INPUTS, LiveInputs.POSITIVE);
        inputs = layers.inputs();
        liveInputs = live(inputs);
        events = new EventRecord(numPes);
        ExactEngine engine = new ExactEngine();
        timing = engine.timing(EntryCounts.of(layers.image()), config);
        product = engine.prepare(layers.image(), config, new Arithmetic.Float32());
        accumulators = new float[layers.image().matrix().numRows()];
        plain = new PlainProduct(layers.image(), inputs);
        ejmlMatrix = plain.toEjml();
        ejmlInputs = plain.doubleInputs();
        ejmlOutputs = new double[plain.numRows];
    }

    private static int[] live(float[] inputs) {
        int[] live = new int[inputs.length];
        int count = 0;
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] > 0) {
                live[count++] = i;
            }
        }
        return Arrays.copyOf(live, count);
    }

    /**
     * All counters, no outputs.
     *
     * @return the record
     */
    @Benchmark
    public EventRecord timing() {
        timing.run(liveInputs, events);
        return events;
    }

    /**
     * All counters and the outputs.
     *
     * @return the outputs
     */
    @Benchmark
    public float[] full() {
        Arrays.fill(accumulators, 0);
        product.run(inputs, 0, accumulators, events);
        return accumulators;
    }

    /**
     * The outputs alone, in single precision, by columns of live inputs.
     *
     * @return the outputs
     */
    @Benchmark
    public float[] scalarProduct() {
        return plain.multiply();
    }

    /**
     * The outputs alone, in double precision, by EJML's product of a sparse matrix and a vector.
     *
     * @return the outputs
     */
    @Benchmark
    public double[] ejmlProduct() {
        MatrixVectorMult_DSCC.mult(ejmlMatrix, ejmlInputs, 0, ejmlOutputs, 0);
        return ejmlOutputs;
    }
}
