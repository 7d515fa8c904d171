package org.eiesim.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
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

/** One input through one layer on 64 PEs, one thread: what ticking costs beside the engines that do not tick. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other.
public class ClockedEngineBenchmark {
    /** A layer of EIE Table III, {@code fc8-like}, or the path of a dump folder. */
    @Param("fc8-like")
    public String layer;

    private float[] inputs;
    private float[] accumulators;
    private EventRecord events;
    private PreparedProduct clocked;
    private PreparedProduct exact;
    private PreparedProduct functional;

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
        accumulators = new float[layers.image().matrix().numRows()];
        events = new EventRecord(numPes);
        clocked = prepare(new ClockedEngine(), layers, config);
        exact = prepare(new ExactEngine(), layers, config);
        functional = prepare(new FunctionalEngine(), layers, config);
    }

    private static PreparedProduct prepare(Engine engine, Layers layers, MachineConfig config) {
        return engine.prepare(layers.image(), config, new Arithmetic.Float32());
    }

    private float[] run(PreparedProduct product) {
        Arrays.fill(accumulators, 0);
        product.run(inputs, 0, accumulators, events);
        return accumulators;
    }

    /**
     * Ticks every component every cycle.
     *
     * @return the outputs
     */
    @Benchmark
    public float[] clocked() {
        return run(clocked);
    }

    /**
     * Yields the same outputs and events without ticking.
     *
     * @return the outputs
     */
    @Benchmark
    public float[] exact() {
        return run(exact);
    }

    /**
     * Computes the outputs, and counts what needs no clock.
     *
     * @return the outputs
     */
    @Benchmark
    public float[] functional() {
        return run(functional);
    }
}
