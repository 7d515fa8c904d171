package org.eiesim.compiler.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.fixed.QFormat;

/**
 * A program: what the machine needs to run a network, and nothing else. The setup runs once; then the body runs once for
 * each input of the network. The arrays are not copied and nobody may change them.
 *
 * @param name the network's name
 * @param target the machine it was lowered for
 * @param buffers the host buffers
 * @param inputs the network's inputs
 * @param outputs the network's outputs
 * @param layers the layer table
 * @param codebooks the codebook segments: shared weights, entry 0 being 0
 * @param biases the bias segments
 * @param attributes the attribute lists of host operations
 * @param images the weight images
 * @param setup instructions that run once: loads of weights and pointers that stay
 * @param body instructions that run for every input, ending with {@code halt}
 */
public record Program(
        String name,
        Target target,
        List<HostBuffer> buffers,
        List<Port> inputs,
        List<Port> outputs,
        List<LayerInfo> layers,
        List<float[]> codebooks,
        List<float[]> biases,
        List<SortedMap<String, Integer>> attributes,
        List<WeightImage> images,
        List<Instruction> setup,
        List<Instruction> body) {
    /** Copies the lists. {@link ProgramValidator} checks that they make sense together. */
    public Program {
        buffers = List.copyOf(buffers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        layers = List.copyOf(layers);
        codebooks = List.copyOf(codebooks);
        biases = List.copyOf(biases);
        List<SortedMap<String, Integer>> copies = new ArrayList<>();
        attributes.forEach(list -> copies.add(Collections.unmodifiableSortedMap(new TreeMap<>(list))));
        attributes = List.copyOf(copies);
        images = List.copyOf(images);
        setup = List.copyOf(setup);
        body = List.copyOf(body);
    }

    /**
     * Returns how many values one input of the network has, all its inputs taken together.
     *
     * @return the sum of the input buffers' lengths
     */
    public int inputLength() {
        return lengthOf(inputs);
    }

    /**
     * Returns how many values one output of the network has, all its outputs taken together.
     *
     * @return the sum of the output buffers' lengths
     */
    public int outputLength() {
        return lengthOf(outputs);
    }

    private int lengthOf(List<Port> ports) {
        long length = ports.stream()
                .mapToLong(port -> buffers.get(port.buffer()).length())
                .sum();
        return Math.toIntExact(length);
    }

    /**
     * Returns whether every layer and host operation has its fixed-point formats.
     *
     * @return false if one is still to be calibrated
     */
    public boolean isCalibrated() {
        return body.stream()
                .filter(i -> i.opcode().fields().contains(Field.CALIBRATED))
                .allMatch(i -> i.isSet(Field.CALIBRATED));
    }

    /**
     * Returns the program with its fixed-point formats set.
     *
     * @param formats one entry per layer and per host operation
     * @return the calibrated program
     * @throws IllegalArgumentException if the counts differ
     */
    public Program withFormats(ProgramFormats formats) {
        long numHostOperations =
                body.stream().filter(i -> i.opcode() == Opcode.HOST_OPERATION).count();
        if (formats.layers().size() != layers.size() || formats.hostOperations().size() != numHostOperations) {
            throw new IllegalArgumentException("formats for " + formats.layers().size() + " layers and "
                    + formats.hostOperations().size() + " host operations, the program has " + layers.size() + " and "
                    + numHostOperations);
        }
        List<Instruction> changed = new ArrayList<>(body.size());
        int layer = 0;
        int hostOperation = 0;
        for (Instruction instruction : body) {
            switch (instruction.opcode()) {
                case SET_LAYER -> {
                    layer = instruction.getInt(Field.LAYER);
                    changed.add(instruction);
                }
                case SET_FORMATS -> changed.add(setFormats(formats.layers().get(layer)));
                case HOST_OPERATION ->
                    changed.add(calibrated(instruction, formats.hostOperations().get(hostOperation++)));
                default -> changed.add(instruction);
            }
        }
        return new Program(
                name, target, buffers, inputs, outputs, layers, codebooks, biases, attributes, images, setup, changed);
    }

    private static Instruction setFormats(LayerFormats formats) {
        return Instruction.of(
                Opcode.SET_FORMATS,
                1,
                formats.input().bits(),
                formats.input().fractionBits(),
                formats.weight().bits(),
                formats.weight().fractionBits(),
                formats.accumulator().bits(),
                formats.accumulator().fractionBits(),
                formats.output().bits(),
                formats.output().fractionBits());
    }

    private static Instruction calibrated(Instruction hostOperation, QFormat output) {
        return hostOperation
                .with(Field.CALIBRATED, 1)
                .with(Field.OUTPUT_BITS, output.bits())
                .with(Field.OUTPUT_FRACTION, output.fractionBits());
    }
}
