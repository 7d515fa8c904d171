package org.eiesim.simulator.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.InstructionFormats;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.compiler.program.LayerInfo;
import org.eiesim.compiler.program.Port;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramValidator;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Executes a program, instruction by instruction, for any number of inputs: the products on an engine, the rest of the
 * machine (register files, activation functions, transfers, host operations) here. Every product is prepared once
 * and shared by all threads. Inputs run side by side; where there are fewer of them than threads, so do the iterations of
 * loops that do not depend on each other (the pixels of a convolution), which the exact engine takes in blocks
 * ({@link BlockProduct}). The results are the same whatever the number of threads.
 */
public final class ProgramMachine {
    private final Program program;
    private final MachineConfig config;
    private final Engine engine;
    private final Numeric numeric;
    private final PreparedProducts prepared;

    /**
     * Makes a machine with a program in it.
     *
     * @param program the program
     * @param config the machine; the one the program was lowered for, or one that differs in nothing lowering depends on
     * @param engine runs the products
     * @param numeric the numbers to compute in; fixed point needs a calibrated program
     * @throws IllegalArgumentException if program and machine do not fit, or a format is missing or of another width
     *     than the machine's
     */
    public ProgramMachine(Program program, MachineConfig config, Engine engine, Numeric numeric) {
        this.program = program;
        this.config = config;
        this.engine = engine;
        this.numeric = numeric;
        prepared = new PreparedProducts(program.body().size());
        requireSame(program.target(), config.target());
        try {
            ProgramValidator.validate(program);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        requireLiveInputs();
        if (numeric == Numeric.FIXED_POINT) {
            requireFormats();
        }
    }

    private static void requireSame(Target program, Target machine) {
        if (!program.equals(machine)) {
            throw new IllegalArgumentException(
                    "the program was compiled for " + program + ", the machine is " + machine + "; compile it again");
        }
    }

    /** Transformed inputs below 0 say nothing of the inputs they are sums of. */
    private void requireLiveInputs() {
        if (config.liveInputs() == LiveInputs.NONZERO) {
            return;
        }
        for (Instruction instruction : program.body()) {
            if (instruction.opcode() == Opcode.HOST_OPERATION
                    && instruction.get(Field.KIND) == HostKind.WINOGRAD_INPUT.code()) {
                throw new IllegalArgumentException("the program has Winograd products, which need live_inputs=nonzero,"
                        + " the machine has live_inputs=" + config.text(Parameters.LIVE_INPUTS));
            }
        }
    }

    private void requireFormats() {
        for (Instruction instruction : program.body()) {
            if (!instruction.opcode().fields().contains(Field.CALIBRATED)) {
                continue;
            }
            if (!instruction.isSet(Field.CALIBRATED)) {
                throw new IllegalArgumentException("the program has no fixed-point formats; calibrate it first");
            }
            requireBits(instruction, Field.INPUT_BITS, Parameters.ACTIVATION_BITS.key(), activationBits());
            requireBits(
                    instruction,
                    Field.WEIGHT_BITS,
                    Parameters.WEIGHT_VALUE_BITS.key(),
                    config.get(Parameters.WEIGHT_VALUE_BITS));
            requireBits(
                    instruction,
                    Field.ACCUMULATOR_BITS,
                    Parameters.ACCUMULATOR_BITS.key(),
                    config.get(Parameters.ACCUMULATOR_BITS));
            requireBits(instruction, Field.OUTPUT_BITS, Parameters.ACTIVATION_BITS.key(), activationBits());
        }
    }

    private int activationBits() {
        return config.get(Parameters.ACTIVATION_BITS);
    }

    private static void requireBits(Instruction instruction, Field field, String key, int bits) {
        if (instruction.opcode().fields().contains(field) && instruction.getInt(field) != bits) {
            throw new IllegalArgumentException("the program was calibrated for " + key + "=" + instruction.get(field)
                    + ", the machine has " + bits + "; calibrate it again");
        }
    }

    /**
     * Runs inputs one after another on the calling thread.
     *
     * @param inputs {@code [numInputs][program.inputLength()]} finite values; not changed
     * @param numInputs how many inputs
     * @return outputs and counts
     * @throws IllegalArgumentException if the length does not fit, an input is NaN or infinite, or sums exceed float32
     */
    public ProgramRun run(float[] inputs, int numInputs) {
        return run(inputs, numInputs, 1, done -> {});
    }

    /**
     * Runs inputs on several threads.
     *
     * @param inputs {@code [numInputs][program.inputLength()]} finite values; not changed
     * @param numInputs how many inputs
     * @param numThreads threads, &ge; 1
     * @param progress is told after each input how many are done; called from all threads, one at a time
     * @return outputs and counts, the same whatever the number of threads
     * @throws IllegalArgumentException if the length does not fit, an input is NaN or infinite, or sums exceed float32
     */
    public ProgramRun run(float[] inputs, int numInputs, int numThreads, IntConsumer progress) {
        int inputLength = program.inputLength();
        if (numInputs < 0 || inputs.length != (long) numInputs * inputLength) {
            throw new IllegalArgumentException(
                    inputs.length + " values for " + numInputs + " inputs of " + inputLength + " each");
        }
        for (int i = 0; i < inputs.length; i++) {
            if (!Float.isFinite(inputs[i])) {
                throw new IllegalArgumentException(
                        "input " + i / inputLength + ", value " + i % inputLength + " is " + inputs[i]);
            }
        }
        int outputLength = program.outputLength();
        float[] outputs = new float[Math.multiplyExact(numInputs, outputLength)];
        // Threads that find no input of their own help with the loops of others.
        int numLoopThreads = Math.max(1, numThreads / Math.max(1, numInputs));
        List<ProgramWorker> workers = new InputQueue(numInputs, numThreads, progress)
                .run(
                        () -> new ProgramWorker(program, config, engine, numeric, prepared, numLoopThreads),
                        (worker, input) ->
                                worker.run(input, inputs, input * inputLength, outputs, input * outputLength));
        return result(workers, numInputs, outputs);
    }

    private ProgramRun result(List<ProgramWorker> workers, int numInputs, float[] outputs) {
        workers.forEach(ProgramWorker::addCrew);
        ProgramWorker sum = workers.get(0);
        workers.subList(1, workers.size()).forEach(sum::add);
        TransferCounter transfers = new TransferCounter(program);
        List<TransferCounts> perInput = transfers.layers();
        double[] streamed = new StreamTimeline(program, config, sum.cycles(), numInputs).run();
        List<LayerRun> layers = new ArrayList<>();
        for (int i = 0; i < program.layers().size(); i++) {
            LayerInfo info = program.layers().get(i);
            LayerTally tally = sum.layers().get(i);
            layers.add(new LayerRun(
                    info,
                    tally.events,
                    perInput.get(i).times(numInputs),
                    streamed[i] * numInputs,
                    tally.outputs(),
                    tally.digest()));
        }
        List<QFormat> formats = numeric == Numeric.FIXED_POINT ? outputFormats() : List.of();
        return new ProgramRun(
                numInputs,
                outputs,
                numeric == Numeric.FIXED_POINT ? raw(outputs, formats) : null,
                formats,
                layers,
                sum.hostRuns(),
                transfers.setup());
    }

    /** Returns the format of what was written last into each output's buffer. */
    private List<QFormat> outputFormats() {
        QFormat[] written = new QFormat[program.buffers().size()];
        QFormat layer = new QFormat(activationBits(), 0);
        for (Instruction instruction : program.body()) {
            switch (instruction.opcode()) {
                case SET_FORMATS -> {
                    LayerFormats formats = InstructionFormats.layerFormats(instruction);
                    layer = formats == null ? layer : formats.output();
                }
                case STORE_ACTIVATIONS -> written[instruction.getInt(Field.BUFFER)] = layer;
                case HOST_OPERATION ->
                    written[instruction.getInt(Field.OUTPUT)] = InstructionFormats.outputFormat(instruction);
                default -> {
                    // Writes no buffer.
                }
            }
        }
        return program.outputs().stream().map(port -> written[port.buffer()]).toList();
    }

    private int @Nullable [] raw(float[] outputs, List<QFormat> formats) {
        int[] raw = new int[outputs.length];
        int at = 0;
        while (at < outputs.length) {
            for (int i = 0; i < formats.size(); i++) {
                Port port = program.outputs().get(i);
                int length = program.buffers().get(port.buffer()).length();
                FixedPoint.quantize(outputs, at, length, formats.get(i), raw, at);
                at += length;
            }
        }
        return raw;
    }
}
