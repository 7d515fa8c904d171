package org.eiesim.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.machine.Calibration;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.simulator.machine.ProgramMachine;
import org.eiesim.simulator.machine.ProgramRun;
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

/** A whole network over many inputs on the machine of EIE, with exact cycles and outputs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other.
public class NetworkBenchmark {
    private static final int MAX_CALIBRATION_INPUTS = 1000;

    /** {@code synthetic} (LeNet-300-100 at Deep Compression's densities) or the path of a pruned ONNX network. */
    @Param(Networks.SYNTHETIC)
    public String network;

    /** The folder of idx files whose test images are the inputs of an ONNX network. */
    @Param("")
    public String data;

    /** Inputs, at most. */
    @Param("10000")
    public int inputs;

    /** What the machine computes in. */
    @Param({"FLOAT32", "FIXED_POINT"})
    public Numeric numeric;

    /** Threads. */
    @Param("1")
    public int threads;

    private Networks run;
    private Program uncalibrated;
    private MachineConfig config;
    private ProgramMachine exact;
    private ProgramMachine clocked;

    /**
     * Compiles and calibrates the network.
     *
     * @throws IOException if a file cannot be read
     * @throws FormatException if the network does not compile
     */
    @Setup
    public void prepare() throws IOException, FormatException {
        run = Networks.open(network, data, inputs);
        config = Presets.load("eie-isca16");
        uncalibrated = Lowering.compile(run.network(), config.target());
        Program program = calibrate();
        exact = new ProgramMachine(program, config, new ExactEngine(), numeric);
        clocked = new ProgramMachine(program, config, new ClockedEngine(), numeric);
    }

    /**
     * Finds the fixed-point formats on up to 1000 inputs.
     *
     * @return the program with formats
     */
    @Benchmark
    public Program calibrate() {
        int count = Math.min(MAX_CALIBRATION_INPUTS, run.numInputs());
        float[] samples = Arrays.copyOf(run.inputs(), count * uncalibrated.inputLength());
        return Calibration.calibrate(uncalibrated, config, samples, count, threads, done -> {});
    }

    /**
     * Runs all inputs on the exact engine.
     *
     * @return outputs and counts
     */
    @Benchmark
    public ProgramRun exact() {
        return exact.run(run.inputs(), run.numInputs(), threads, done -> {});
    }

    /**
     * Runs all inputs on the clocked engine.
     *
     * @return the same outputs and counts
     */
    @Benchmark
    public ProgramRun clocked() {
        return clocked.run(run.inputs(), run.numInputs(), threads, done -> {});
    }
}
