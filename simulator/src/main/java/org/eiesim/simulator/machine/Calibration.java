package org.eiesim.simulator.machine;

import java.util.ArrayList;
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
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;

/**
 * Finds a program's fixed-point formats: runs it in float32 over sample inputs and gives every tensor the most fraction
 * bits that hold the largest magnitude seen: of a layer's inputs, its codebook, every partial sum of its accumulators and
 * its outputs. The accumulator's fraction is at most that of the product.
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
        Map<Integer, Extremes> extremes = extremes(program, engine);
        Map<Integer, float[]> codebooks = codebooks(program);
        List<LayerFormats> layers = new ArrayList<>();
        for (int i = 0; i < program.layers().size(); i++) {
            layers.add(formats(
                    extremes.getOrDefault(i, new Extremes(0, 0)),
                    codebooks.getOrDefault(i, new float[0]),
                    run.layers().get(i).maxOutput(),
                    config));
        }
        int activationBits = config.get(Parameters.ACTIVATION_BITS);
        return program.withFormats(new ProgramFormats(layers, hostFormats(program, run, activationBits)));
    }

    /** Finds what host operations round to; those that write parts of one buffer have one format. */
    private static List<QFormat> hostFormats(Program program, ProgramRun run, int activationBits) {
        List<Integer> outputs = program.body().stream()
                .filter(instruction -> instruction.opcode() == Opcode.HOST_OPERATION)
                .map(instruction -> instruction.getInt(Field.OUTPUT))
                .toList();
        Map<Integer, Double> largest = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            largest.merge(outputs.get(i), run.hostOperations().get(i).maxOutput(), Math::max);
        }
        return outputs.stream()
                .map(output -> FixedPoint.formatFor(largest.getOrDefault(output, 0.0), activationBits))
                .toList();
    }

    /** The largest magnitudes of a layer's products. */
    private record Extremes(float input, float accumulator) {
        Extremes or(Extremes other) {
            return new Extremes(Math.max(input, other.input), Math.max(accumulator, other.accumulator));
        }
    }

    private static Map<Integer, Extremes> extremes(Program program, CalibrationEngine engine) {
        IdentityHashMap<InterleavedCsc, Integer> layerOf = new IdentityHashMap<>();
        for (WeightImage image : program.images()) {
            layerOf.put(image.matrix(), image.layer());
        }
        Map<Integer, Extremes> extremes = new HashMap<>();
        for (CalibrationEngine.Product product : engine.products()) {
            Integer layer = layerOf.get(product.matrix());
            if (layer != null) {
                extremes.merge(layer, new Extremes(product.maxInput(), product.maxAccumulator()), Extremes::or);
            }
        }
        return extremes;
    }

    private static Map<Integer, float[]> codebooks(Program program) {
        Map<Integer, float[]> codebooks = new HashMap<>();
        int layer = 0;
        for (Instruction instruction : program.body()) {
            switch (instruction.opcode()) {
                case SET_LAYER -> layer = instruction.getInt(Field.LAYER);
                case LOAD_CODEBOOK -> codebooks.put(layer, program.codebooks().get(instruction.getInt(Field.CODEBOOK)));
                default -> {
                    // Says nothing about weights.
                }
            }
        }
        return codebooks;
    }

    private static LayerFormats formats(Extremes extremes, float[] codebook, double maxOutput, MachineConfig config) {
        float maxWeight = 0;
        for (float weight : codebook) {
            maxWeight = Math.max(maxWeight, Math.abs(weight));
        }
        int activationBits = config.get(Parameters.ACTIVATION_BITS);
        QFormat input = FixedPoint.formatFor(extremes.input(), activationBits);
        QFormat weight = FixedPoint.formatFor(maxWeight, config.get(Parameters.WEIGHT_VALUE_BITS));
        QFormat finest = FixedPoint.formatFor(extremes.accumulator(), config.get(Parameters.ACCUMULATOR_BITS));
        QFormat accumulator = new QFormat(
                finest.bits(), Math.min(finest.fractionBits(), input.fractionBits() + weight.fractionBits()));
        return new LayerFormats(input, weight, accumulator, FixedPoint.formatFor(maxOutput, activationBits));
    }
}
