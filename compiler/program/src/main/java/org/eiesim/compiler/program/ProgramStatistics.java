package org.eiesim.compiler.program;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.isa.BiasCode;
import org.eiesim.compiler.isa.Coded;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;

/**
 * What a program holds, for {@code inspect}.
 *
 * @param numInstructions instructions of setup and body
 * @param denseBytes the weights and biases of all layers as float32: {@code 4 * (weights + biases)}
 * @param layers one entry per layer
 */
public record ProgramStatistics(int numInstructions, long denseBytes, List<Layer> layers) {
    /**
     * What one layer holds.
     *
     * @param name its name
     * @param shape shape of its weight tensor
     * @param weights positions of the tensor
     * @param nonzeros weights that are not pruned
     * @param tiles weight images
     * @param entries entries of all tiles and PEs, padding and bias columns included
     * @param padding padding entries
     * @param maxEntriesPerPe entries the fullest PE holds of one tile
     * @param codebookSize shared weights, zero included
     * @param weightBits bits of a code
     * @param indexBits bits of a relative index
     */
    public record Layer(
            String name,
            List<Integer> shape,
            long weights,
            long nonzeros,
            int tiles,
            long entries,
            long padding,
            int maxEntriesPerPe,
            int codebookSize,
            int weightBits,
            int indexBits) {}

    /** Copies the list. */
    public ProgramStatistics {
        layers = List.copyOf(layers);
    }

    /**
     * Gathers a program's statistics.
     *
     * @param program the program
     * @return its statistics
     */
    public static ProgramStatistics of(Program program) {
        List<Layer> layers = new ArrayList<>();
        long numParameters = numBiases(program.body());
        for (int i = 0; i < program.layers().size(); i++) {
            Layer layer = layer(program, i);
            layers.add(layer);
            numParameters += layer.weights();
        }
        int numInstructions = program.setup().size() + program.body().size();
        return new ProgramStatistics(numInstructions, numParameters * Float.BYTES, layers);
    }

    private static long numBiases(List<Instruction> body) {
        return body.stream()
                .filter(i -> i.opcode() == Opcode.SET_LAYER)
                .filter(i -> Coded.of(BiasCode.values(), i.get(Field.BIAS_MODE)) != BiasCode.NONE)
                .mapToLong(i -> i.get(Field.OUTPUTS))
                .sum();
    }

    private static Layer layer(Program program, int index) {
        LayerInfo info = program.layers().get(index);
        int tiles = 0;
        long entries = 0;
        long padding = 0;
        int fullest = 0;
        for (WeightImage image : program.images()) {
            if (image.layer() == index) {
                tiles++;
                entries += image.matrix().numEntries();
                padding += numPadding(image);
                fullest = Math.max(fullest, image.maxEntriesPerPe());
            }
        }
        return new Layer(
                info.name(),
                info.weightShape(),
                info.weightShape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b),
                info.numNonzeros(),
                tiles,
                entries,
                padding,
                fullest,
                info.codebookSize(),
                program.target().weightBits(),
                program.target().indexBits());
    }

    private static long numPadding(WeightImage image) {
        long padding = 0;
        for (byte[] codes : image.matrix().codes()) {
            for (byte code : codes) {
                padding += code == 0 ? 1 : 0;
            }
        }
        return padding;
    }
}
