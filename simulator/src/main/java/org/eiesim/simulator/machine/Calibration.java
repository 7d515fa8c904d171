package org.eiesim.simulator.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramFormats;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.CalibrationRule;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;

/**
 * Finds a program's fixed-point formats: runs it in float32 over sample inputs and gives every tensor the most fraction
 * bits that hold the largest magnitude seen: of a layer's inputs, its codebook, every partial sum of its accumulators and
 * its outputs. With {@code calibration: percentile} inputs, outputs and what host operations yield need only hold that
 * share of their non-zero values; weights and accumulators still hold the largest, for a saturated sum is wrong in all its
 * bits. The accumulator's fraction is at most that of the product.
 */
public final class Calibration {
    private Calibration() {}

    /**
     * Calibrates a program.
     *
     * @param program the program
     * @param config the machine, whose widths are used
     * @param inputs {@code [numInputs][program.inputLength()]} finite sample inputs; not changed
     * @param numInputs how many
     * @param numThreads threads; the result does not depend on it
     * @param progress is told after each input how many are done
     * @return the program with its formats set
     * @throws IllegalArgumentException as {@link ProgramMachine#run(float[], int, int, IntConsumer)}, and where a format
     *     cannot be found
     */
    public static Program calibrate(
            Program program,
            MachineConfig config,
            float[] inputs,
            int numInputs,
            int numThreads,
            IntConsumer progress) {
        CalibrationEngine engine = new CalibrationEngine();
        ProgramRun run = new ProgramMachine(program, config, engine, Numeric.FLOAT32)
                .run(inputs, numInputs, numThreads, progress);
        Map<Integer, Seen> seen = seen(program, engine);
        Map<Integer, float[]> codebooks = codebooks(program);
        List<LayerFormats> layers = new ArrayList<>();
        for (int i = 0; i < program.layers().size(); i++) {
            layers.add(formats(
                    seen.getOrDefault(i, new Seen(new Magnitudes(), 0)),
                    codebooks.getOrDefault(i, new float[0]),
                    run.layers().get(i).outputs(),
                    config));
        }
        return program.withFormats(new ProgramFormats(layers, hostFormats(program, run, config)));
    }

    /** Finds what host operations round to; those that write parts of one buffer have one format. */
    private static List<QFormat> hostFormats(Program program, ProgramRun run, MachineConfig config) {
        List<Integer> outputs = program.body().stream()
                .filter(instruction -> instruction.opcode() == Opcode.HOST_OPERATION)
                .map(instruction -> instruction.getInt(Field.OUTPUT))
                .toList();
        Map<Integer, Magnitudes> byBuffer = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            byBuffer.computeIfAbsent(outputs.get(i), output -> new Magnitudes())
                    .add(run.hostOperations().get(i).outputs());
        }
        return outputs.stream()
                .map(output -> activationFormat(byBuffer.getOrDefault(output, new Magnitudes()), config))
                .toList();
    }

    /** Returns the format of activations: it holds the largest, or the percentile the machine is set to. */
    private static QFormat activationFormat(Magnitudes magnitudes, MachineConfig config) {
        double held = config.get(Parameters.CALIBRATION) == CalibrationRule.MAX
                ? magnitudes.max()
                : magnitudes.percentile(config.get(Parameters.CALIBRATION_PERCENTILE));
        return FixedPoint.formatFor(held, config.get(Parameters.ACTIVATION_BITS));
    }

    /** What was seen of a layer's products. */
    private record Seen(Magnitudes inputs, float maxAccumulator) {
        Seen and(Seen other) {
            Magnitudes both = new Magnitudes();
            both.add(inputs);
            both.add(other.inputs);
            return new Seen(both, Math.max(maxAccumulator, other.maxAccumulator));
        }
    }

    private static Map<Integer, Seen> seen(Program program, CalibrationEngine engine) {
        IdentityHashMap<InterleavedCsc, Integer> layerOf = new IdentityHashMap<>();
        for (WeightImage image : program.images()) {
            layerOf.put(image.matrix(), image.layer());
        }
        Map<Integer, Seen> seen = new HashMap<>();
        for (CalibrationEngine.Product product : engine.products()) {
            Integer layer = layerOf.get(product.matrix());
            if (layer != null) {
                seen.merge(layer, new Seen(product.inputs(), product.maxAccumulator()), Seen::and);
            }
        }
        return seen;
    }

    private static Map<Integer, float[]> codebooks(Program program) {
        Map<Integer, float[]> codebooks = new HashMap<>();
        int layer = 0;
        for (Instruction instruction : program.body()) {
            switch (instruction.opcode()) {
                case SET_LAYER -> layer = instruction.getInt(Field.LAYER);
                case LOAD_CODEBOOK ->
                    codebooks.merge(
                            layer, program.codebooks().get(instruction.getInt(Field.CODEBOOK)), Calibration::joined);
                default -> {
                    // Says nothing about weights.
                }
            }
        }
        return codebooks;
    }

    /** A recurrent cell may have one codebook for its inputs and one for its state. */
    private static float[] joined(float[] first, float[] second) {
        float[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static LayerFormats formats(Seen seen, float[] codebook, Magnitudes outputs, MachineConfig config) {
        float maxWeight = 0;
        for (float weight : codebook) {
            maxWeight = Math.max(maxWeight, Math.abs(weight));
        }
        QFormat input = activationFormat(seen.inputs(), config);
        QFormat weight = FixedPoint.formatFor(maxWeight, config.get(Parameters.WEIGHT_VALUE_BITS));
        QFormat finest = FixedPoint.formatFor(seen.maxAccumulator(), config.get(Parameters.ACCUMULATOR_BITS));
        QFormat accumulator = new QFormat(
                finest.bits(), Math.min(finest.fractionBits(), input.fractionBits() + weight.fractionBits()));
        return new LayerFormats(input, weight, accumulator, activationFormat(outputs, config));
    }
}
