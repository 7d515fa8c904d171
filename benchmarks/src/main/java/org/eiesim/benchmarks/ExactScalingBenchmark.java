package org.eiesim.benchmarks;

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
import org.eiesim.studies.workload.LayerShape;
import org.eiesim.studies.workload.SyntheticLayer;
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

/** How the exact engine's time grows with the live entries and with the PEs: a layer of 4096 outputs and a density of 10 %,
 * all inputs live. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx8g"})
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other.
public class ExactScalingBenchmark {
    private static final int OUTPUTS = 4096;
    private static final double DENSITY = 0.1;

    /** Live entries, about. */
    @Param({"10000", "100000", "1000000", "10000000", "100000000"})
    public int liveEntries;

    /** Processing elements. */
    @Param({"1", "4", "16", "64", "256", "1024"})
    public int pes;

    private float[] inputs;
    private int[] liveInputs;
    private EventRecord events;
    private ExactTiming timing;
    private ExactProduct product;
    private float[] accumulators;

    /** Draws and lays out the layer. */
    @Setup
    public void prepare() {
        int numInputs = Math.max(1, (int) Math.round(liveEntries / (OUTPUTS * DENSITY)));
        SyntheticLayer layer = SyntheticLayer.draw(new LayerShape("scaled", numInputs, OUTPUTS, DENSITY, 1, false), 1);
        Layers layers = Layers.of(layer, pes);
        MachineConfig config =
                MachineConfig.defaults().with(Parameters.PES, pes).with(Parameters.LIVE_INPUTS, LiveInputs.POSITIVE);
        inputs = layers.inputs();
        liveInputs = layer.liveInputs();
        events = new EventRecord(pes);
        ExactEngine engine = new ExactEngine();
        timing = engine.timing(EntryCounts.of(layers.image()), config);
        product = engine.prepare(layers.image(), config, new Arithmetic.Float32());
        accumulators = new float[OUTPUTS];
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
}
