package org.eiesim.compiler.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eiesim.compiler.asm.Token.Kind;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.HostBuffer;
import org.eiesim.compiler.program.LayerInfo;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.compiler.program.Port;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramValidator;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/** Makes programs from the assembly described at {@link Disassembler}. */
public final class Assembler {
    /** Column pointers of all images: assembly leaves out empty columns, so its length alone does not bound them. */
    private static final long MAX_POINTERS = 1L << 27;

    private @Nullable String name;
    private @Nullable Target target;
    private final List<HostBuffer> buffers = new ArrayList<>();
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private final List<LayerInfo> layers = new ArrayList<>();
    private final List<SortedMap<String, Integer>> attributes = new ArrayList<>();
    private final List<List<Float>> codebooks = new ArrayList<>();
    private final List<List<Float>> biases = new ArrayList<>();
    private final List<ImageBuilder> images = new ArrayList<>();
    private final List<Instruction> setup = new ArrayList<>();
    private final List<Instruction> body = new ArrayList<>();
    private @Nullable List<Instruction> instructions;
    private @Nullable List<Float> values;
    private long pointersLeft = MAX_POINTERS;

    private Assembler() {}

    /**
     * Assembles a program and checks it.
     *
     * @param source the assembly
     * @return the program, accepted by {@link ProgramValidator}
     * @throws FormatException if a line is wrong (the section is {@code line:column}, the reason ends with the line), or
     *     the program as a whole is
     */
    public static Program assemble(String source) throws FormatException {
        Assembler assembler = new Assembler();
        int number = 0;
        for (String text : source.lines().toList()) {
            SourceLine line = new SourceLine(++number, text);
            LineParser parser = new LineParser(line);
            if (!parser.atEnd()) {
                assembler.line(parser);
            }
        }
        Program program = assembler.program();
        ProgramValidator.validate(program);
        return program;
    }

    private Program program() throws FormatException {
        if (name == null || target == null) {
            throw new FormatException("assembly", "no " + (name == null ? ".program" : ".target") + " line");
        }
        List<WeightImage> built = images.stream().map(ImageBuilder::build).toList();
        return new Program(
                name,
                target,
                buffers,
                inputs,
                outputs,
                layers,
                arrays(codebooks),
                arrays(biases),
                attributes,
                built,
                setup,
                body);
    }

    private static List<float[]> arrays(List<List<Float>> lists) {
        List<float[]> arrays = new ArrayList<>();
        for (List<Float> list : lists) {
            float[] array = new float[list.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = list.get(i);
            }
            arrays.add(array);
        }
        return arrays;
    }

    private void line(LineParser line) throws FormatException {
        Token first = line.expect(Kind.WORD);
        if (first.text().startsWith(".")) {
            Directive directive = Names.find(Directive.values(), first.text().substring(1));
            if (directive == null) {
                throw line.error(
                        first,
                        "unknown directive; there are ."
                                + Names.all(Directive.values()).replace(" ", " ."));
            }
            directive(directive, first, line);
            return;
        }
        Opcode opcode = Names.find(Opcode.values(), first.text());
        if (opcode == null) {
            throw line.error(first, "unknown instruction; there are " + Names.all(Opcode.values()));
        }
        if (instructions == null) {
            throw line.error(first, "an instruction stands before .setup and .body");
        }
        instructions.add(instruction(opcode, line));
    }

    private static Instruction instruction(Opcode opcode, LineParser line) throws FormatException {
        List<Field> fields = opcode.fields();
        Map<String, Token> pairs = line.pairs(fields.stream().map(Field::symbol).toList());
        long[] numbers = new long[fields.size()];
        int i = 0;
        for (Token token : pairs.values()) {
            numbers[i] = fieldValue(fields.get(i), token, line);
            i++;
        }
        return Instruction.of(opcode, numbers);
    }

    private static long fieldValue(Field field, Token token, LineParser line) throws FormatException {
        if (field.valueNames().isEmpty()) {
            return line.integer(token, field.min(), field.max());
        }
        int value = field.valueNames().indexOf(token.text());
        if (value < 0 || token.kind() != Kind.WORD) {
            throw line.error(
                    token,
                    field.symbol() + " must be one of " + String.join(", ", field.valueNames()) + ", not "
                            + token.shown());
        }
        return value;
    }

    private void directive(Directive directive, Token word, LineParser line) throws FormatException {
        switch (directive) {
            case PROGRAM, TARGET, BUFFER, INPUT, OUTPUT, LAYER -> table(directive, word, line);
            case ATTRIBUTES -> {
                TreeMap<String, Integer> list = new TreeMap<>();
                for (Map.Entry<String, Token> pair : line.anyPairs().entrySet()) {
                    list.put(pair.getKey(), line.natural(pair.getValue()));
                }
                attributes.add(list);
            }
            case SETUP -> instructions = setup;
            case BODY -> instructions = body;
            case CODEBOOK -> values = startSegment(codebooks);
            case BIAS -> values = startSegment(biases);
            case VALUES -> {
                if (values == null) {
                    throw line.error(word, "stands before .codebook and .bias");
                }
                while (!line.atEnd()) {
                    values.add(line.decimal(line.next()));
                }
            }
            case IMAGE -> {
                if (target == null) {
                    throw line.error(word, "stands before .target");
                }
                ImageBuilder image = new ImageBuilder(line, target, pointersLeft);
                pointersLeft -= image.numPointers();
                images.add(image);
            }
            case PE -> {
                if (images.isEmpty()) {
                    throw line.error(word, "stands before .image");
                }
                images.get(images.size() - 1).addEntries(line);
            }
        }
        line.expectEnd();
    }

    private static List<Float> startSegment(List<List<Float>> segments) {
        List<Float> segment = new ArrayList<>();
        segments.add(segment);
        return segment;
    }

    private void table(Directive directive, Token word, LineParser line) throws FormatException {
        List<Token> fields = List.copyOf(line.pairs(directive.fields()).values());
        switch (directive) {
            case PROGRAM -> {
                if (name != null) {
                    throw line.error(word, "is given twice");
                }
                name = text(fields.get(0), line);
            }
            case TARGET -> {
                if (target != null) {
                    throw line.error(word, "is given twice");
                }
                target = target(fields, word, line);
            }
            case BUFFER -> buffers.add(new HostBuffer(text(fields.get(0), line), line.natural(fields.get(1))));
            case INPUT -> inputs.add(new Port(text(fields.get(0), line), line.natural(fields.get(1))));
            case OUTPUT -> outputs.add(new Port(text(fields.get(0), line), line.natural(fields.get(1))));
            default ->
                layers.add(new LayerInfo(
                        text(fields.get(0), line),
                        constant(LayerKind.values(), fields.get(1), line),
                        line.extents(fields.get(2)),
                        line.natural(fields.get(3)),
                        line.natural(fields.get(4)),
                        line.natural(fields.get(5))));
        }
    }

    private static Target target(List<Token> fields, Token word, LineParser line) throws FormatException {
        int[] numbers = new int[fields.size() - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = line.natural(fields.get(i));
        }
        Target.BiasMode bias = constant(Target.BiasMode.values(), fields.get(numbers.length), line);
        try {
            return new Target(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], bias);
        } catch (IllegalArgumentException e) {
            throw line.error(word, String.valueOf(e.getMessage()));
        }
    }

    private static String text(Token token, LineParser line) throws FormatException {
        return line.require(token, Kind.STRING).text();
    }

    private static <E extends Enum<E>> E constant(E[] constants, Token token, LineParser line) throws FormatException {
        E constant = Names.find(constants, token.text());
        if (constant == null) {
            throw line.error(token, "must be one of " + Names.all(constants) + ", not " + token.shown());
        }
        return constant;
    }
}
