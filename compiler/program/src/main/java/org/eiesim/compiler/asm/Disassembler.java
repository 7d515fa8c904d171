package org.eiesim.compiler.asm;

import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.HostBuffer;
import org.eiesim.compiler.program.LayerInfo;
import org.eiesim.compiler.program.Port;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * Writes programs as assembly, from which {@link Assembler} makes the same program again. One line each for the tables,
 * then the instructions, then the data; {@code ;} starts a comment, and table entries are numbered from 0 as they stand:
 *
 * <pre>
 * .program name="lenet"
 * .target pes=4 index_bits=4 weight_bits=4 spmat_capacity_entries=64 ...
 * .buffer name="input" length=16
 * .input name="input" buffer=0
 * .layer name="fc1" kind=dense shape=8x16 nonzeros=20 codebook_size=16 vectors=1
 * .attributes axis_length=10
 * .setup
 *     load_weights image=0 address=0
 * .body
 *     set_layer layer=0 inputs=16 outputs=8 activation=relu bias_mode=preload    ; fc1
 *     ...
 * .codebook
 * .values 0.0 -0.5 0.25
 * .image layer=0 first_row=0 first_column=0 inputs=16 bias_column=0 rows=8
 * .pe 0  0: 1+0 2+1  5: 1+15          column 0 has code 1 after 0 zeros and code 2 after 1 zero
 * </pre>
 *
 * Empty columns and PEs are left out. A {@code .pe} or {@code .values} line continues the one before.
 */
public final class Disassembler {
    private static final int VALUES_PER_LINE = 8;
    private static final int MAX_WIDTH = 120;

    private final Program program;
    private final StringBuilder text = new StringBuilder();

    private Disassembler(Program program) {
        this.program = program;
    }

    /**
     * Writes a whole program.
     *
     * @param program the program
     * @return its assembly
     */
    public static String disassemble(Program program) {
        Disassembler disassembler = new Disassembler(program);
        disassembler.tables();
        disassembler.instructions();
        disassembler.data();
        return disassembler.text.toString();
    }

    /**
     * Writes a program without its data segments, for reading only.
     *
     * @param program the program
     * @return its tables and instructions
     */
    public static String listing(Program program) {
        Disassembler disassembler = new Disassembler(program);
        disassembler.tables();
        disassembler.instructions();
        return disassembler.text.toString();
    }

    private void tables() {
        line(Directive.PROGRAM, Quoted.quote(program.name()));
        Target target = program.target();
        line(
                Directive.TARGET,
                target.numPes(),
                target.indexBits(),
                target.weightBits(),
                target.spmatCapacityEntries(),
                target.pointerCapacityColumns(),
                target.registerFileLength(),
                Names.lower(target.biasMode()));
        for (HostBuffer buffer : program.buffers()) {
            line(Directive.BUFFER, Quoted.quote(buffer.name()), buffer.length());
        }
        program.inputs().forEach(port -> port(Directive.INPUT, port));
        program.outputs().forEach(port -> port(Directive.OUTPUT, port));
        for (LayerInfo layer : program.layers()) {
            line(
                    Directive.LAYER,
                    Quoted.quote(layer.name()),
                    Names.lower(layer.kind()),
                    layer.weightShape().stream().map(String::valueOf).collect(Collectors.joining("x")),
                    layer.numNonzeros(),
                    layer.codebookSize(),
                    layer.numVectors());
        }
        for (SortedMap<String, Integer> list : program.attributes()) {
            text.append(Directive.ATTRIBUTES.word());
            for (Map.Entry<String, Integer> entry : list.entrySet()) {
                text.append(' ').append(entry.getKey()).append('=').append(entry.getValue());
            }
            text.append('\n');
        }
    }

    private void port(Directive directive, Port port) {
        line(directive, Quoted.quote(port.name()), port.buffer());
    }

    private void line(Directive directive, Object... values) {
        text.append(directive.word());
        for (int i = 0; i < values.length; i++) {
            text.append(' ').append(directive.fields().get(i)).append('=').append(values[i]);
        }
        text.append('\n');
    }

    private void instructions() {
        line(Directive.SETUP);
        program.setup().forEach(instruction -> instruction(instruction, false));
        line(Directive.BODY);
        int repeated = 0;
        for (Instruction instruction : program.body()) {
            instruction(instruction, repeated > 0);
            repeated = instruction.opcode() == Opcode.REPEAT ? instruction.getInt(Field.LENGTH) : repeated - 1;
        }
    }

    private void instruction(Instruction instruction, boolean repeated) {
        text.append(repeated ? "        " : "    ").append(instruction);
        String comment = comment(instruction);
        if (!comment.isEmpty()) {
            text.append("    ; ").append(comment);
        }
        text.append('\n');
    }

    /** Says which layer or value an instruction is about, where its fields only give numbers. */
    private String comment(Instruction instruction) {
        return switch (instruction.opcode()) {
            case SET_LAYER -> layerName(instruction.getInt(Field.LAYER));
            case LOAD_ACTIVATIONS, STORE_ACTIVATIONS -> bufferName(instruction.getInt(Field.BUFFER));
            case HOST_OPERATION ->
                bufferName(instruction.getInt(Field.INPUT)) + " -> " + bufferName(instruction.getInt(Field.OUTPUT));
            case LOAD_WEIGHTS, LOAD_POINTERS, MATRIX_VECTOR -> imageName(instruction.getInt(Field.IMAGE));
            default -> "";
        };
    }

    private String layerName(int layer) {
        return layer < program.layers().size()
                ? Quoted.quote(program.layers().get(layer).name())
                : "no such layer";
    }

    private String bufferName(int buffer) {
        return buffer < program.buffers().size()
                ? Quoted.quote(program.buffers().get(buffer).name())
                : "no such buffer";
    }

    private String imageName(int index) {
        if (index >= program.images().size()) {
            return "no such image";
        }
        WeightImage image = program.images().get(index);
        return layerName(image.layer()) + " rows "
                + range(image.firstRow(), image.matrix().numRows()) + " columns "
                + range(image.firstColumn(), image.numInputs()) + (image.biasColumn() ? " and bias" : "");
    }

    private static String range(int first, int count) {
        return first + ".." + (first + count - 1);
    }

    private void data() {
        program.codebooks().forEach(values -> floats(Directive.CODEBOOK, values));
        program.biases().forEach(values -> floats(Directive.BIAS, values));
        program.images().forEach(this::image);
    }

    private void floats(Directive directive, float[] values) {
        line(directive);
        for (int start = 0; start < values.length; start += VALUES_PER_LINE) {
            text.append(Directive.VALUES.word());
            for (int i = start; i < Math.min(values.length, start + VALUES_PER_LINE); i++) {
                text.append(' ').append(values[i]);
            }
            text.append('\n');
        }
    }

    private void image(WeightImage image) {
        InterleavedCsc matrix = image.matrix();
        line(
                Directive.IMAGE,
                image.layer(),
                image.firstRow(),
                image.firstColumn(),
                image.numInputs(),
                image.biasColumn() ? 1 : 0,
                matrix.numRows());
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            processingElement(matrix, pe);
        }
    }

    private void processingElement(InterleavedCsc matrix, int pe) {
        int[] starts = matrix.columnStarts()[pe];
        int lineStart = -1;
        for (int column = 0; column < matrix.numColumns(); column++) {
            if (starts[column] == starts[column + 1]) {
                continue;
            }
            if (lineStart < 0 || text.length() - lineStart > MAX_WIDTH) {
                if (lineStart >= 0) {
                    text.append('\n');
                }
                lineStart = text.length();
                text.append(Directive.PE.word()).append(' ').append(pe);
            }
            text.append("  ").append(column).append(':');
            for (int entry = starts[column]; entry < starts[column + 1]; entry++) {
                text.append(' ').append(matrix.codes()[pe][entry] & 0xFF);
                text.append('+').append(matrix.relativeIndices()[pe][entry] & 0xFFFF);
            }
        }
        if (lineStart >= 0) {
            text.append('\n');
        }
    }
}
