package org.eiesim.compiler.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eiesim.compiler.isa.Coded;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.InstructionCodec;
import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.compiler.sections.SectionedFile;
import org.eiesim.compiler.sections.SectionedFile.Section;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * Reads .eiex files, whose grammar stands at {@link ProgramWriter}. What it returns has passed {@link ProgramValidator}.
 */
public final class ProgramReader {
    /** The first bytes of every .eiex file, as ASCII characters. */
    public static final String MAGIC = ProgramFile.FORMAT.magic();

    private static final int MAX_PES = 4096;

    private ProgramReader() {}

    /**
     * Reads a program from a file.
     *
     * @param path the file
     * @return the program
     * @throws FormatException if it is not a sound .eiex file; the message starts with the path
     * @throws IOException if reading fails
     */
    public static Program read(Path path) throws IOException {
        SectionedFile file = SectionedFile.read(path, ProgramFile.FORMAT);
        try {
            return read(file);
        } catch (FormatException e) {
            throw e.within(path.toString());
        }
    }

    /**
     * Reads a program from memory.
     *
     * @param bytes the whole file
     * @return the program
     * @throws FormatException if it is not a sound .eiex file
     */
    public static Program fromBytes(byte[] bytes) throws FormatException {
        return read(SectionedFile.parse(bytes, ProgramFile.FORMAT));
    }

    private static Program read(SectionedFile file) throws FormatException {
        SectionReader tables = file.open(file.require(ProgramFile.TABLES));
        String name = tables.readString("name");
        Target target = readTarget(tables);
        List<HostBuffer> buffers = readBuffers(tables);
        List<Port> inputs = readPorts(tables, "input");
        List<Port> outputs = readPorts(tables, "output");
        List<LayerInfo> layers = readLayers(tables);
        tables.requireEnd();
        List<SortedMap<String, Integer>> attributes = readAttributes(file.open(file.require(ProgramFile.ATTRIBUTES)));
        List<float[]> codebooks = readFloats(file.open(file.require(ProgramFile.CODEBOOKS)));
        List<float[]> biases = readFloats(file.open(file.require(ProgramFile.BIASES)));
        List<Instruction> setup = readInstructions(file.open(file.require(ProgramFile.SETUP)), "setup");
        List<Instruction> body = readInstructions(file.open(file.require(ProgramFile.BODY)), "body");
        List<WeightImage> images = new ArrayList<>();
        for (Section section : file.sections()) {
            if (section.tag() == ProgramFile.IMAGE) {
                images.add(readImage(file.open(section), section.name(), target));
            }
        }
        Program program = new Program(
                name, target, buffers, inputs, outputs, layers, codebooks, biases, attributes, images, setup, body);
        ProgramValidator.validate(program);
        return program;
    }

    private static Target readTarget(SectionReader in) throws FormatException {
        int numPes = in.readVarint("PEs", 1, MAX_PES);
        int indexBits = in.readVarint("index bits", 1, 16);
        int weightBits = in.readVarint("weight bits", 1, 8);
        int spmatCapacity = in.readVarint("weight memory", 1, Integer.MAX_VALUE);
        int pointerCapacity = in.readVarint("pointer memory", 1, Integer.MAX_VALUE);
        int registerFileLength = in.readVarint("register file length", 1, 1 << 16);
        Target.BiasMode biasMode = readBoolean(in, "bias mode") ? Target.BiasMode.COLUMN : Target.BiasMode.PRELOAD;
        return new Target(numPes, indexBits, weightBits, spmatCapacity, pointerCapacity, registerFileLength, biasMode);
    }

    private static boolean readBoolean(SectionReader in, String what) throws FormatException {
        return in.readVarint(what, 0, 1) == 1;
    }

    private static List<HostBuffer> readBuffers(SectionReader in) throws FormatException {
        int count = in.readCount("number of buffers", 2);
        List<HostBuffer> buffers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            buffers.add(new HostBuffer(in.readString("buffer name"), in.readVarint("buffer length")));
        }
        return buffers;
    }

    private static List<Port> readPorts(SectionReader in, String what) throws FormatException {
        int count = in.readCount("number of " + what + "s", 2);
        List<Port> ports = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ports.add(new Port(in.readString(what + " name"), in.readVarint(what + " buffer")));
        }
        return ports;
    }

    private static List<LayerInfo> readLayers(SectionReader in) throws FormatException {
        int count = in.readCount("number of layers", 6);
        List<LayerInfo> layers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = in.readString("layer name");
            LayerKind kind =
                    Coded.of(LayerKind.values(), in.readVarint("layer kind", 0, LayerKind.values().length - 1));
            int rank = in.readVarint("rank of weights", 1, in.remaining());
            List<Integer> shape = new ArrayList<>(rank);
            for (int axis = 0; axis < rank; axis++) {
                shape.add(in.readVarint("extent of weights"));
            }
            layers.add(new LayerInfo(
                    name,
                    kind,
                    shape,
                    in.readVarint("number of non-zeros"),
                    in.readVarint("codebook size"),
                    in.readVarint("number of vectors")));
        }
        return layers;
    }

    private static List<SortedMap<String, Integer>> readAttributes(SectionReader in) throws FormatException {
        int count = in.readCount("number of attribute lists", 1);
        List<SortedMap<String, Integer>> lists = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = in.readCount("number of attributes", 2);
            TreeMap<String, Integer> list = new TreeMap<>();
            for (int j = 0; j < length; j++) {
                String name = in.readString("attribute name");
                if (!list.isEmpty() && list.lastKey().compareTo(name) >= 0) {
                    throw in.error("attribute \"" + name + "\" does not follow \"" + list.lastKey() + "\" in order");
                }
                list.put(name, in.readVarint("attribute value"));
            }
            lists.add(list);
        }
        in.requireEnd();
        return lists;
    }

    private static List<float[]> readFloats(SectionReader in) throws FormatException {
        int count = in.readCount("number of segments", 1);
        List<float[]> arrays = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = in.readCount("length of segment", Float.BYTES);
            arrays.add(in.readFloats(length, "value"));
        }
        in.requireEnd();
        return arrays;
    }

    private static List<Instruction> readInstructions(SectionReader in, String part) throws FormatException {
        List<Instruction> instructions = new ArrayList<>(in.remaining() / InstructionCodec.LENGTH);
        while (in.remaining() > 0) {
            int offset = in.offset();
            long low = in.readLong("instruction");
            long high = in.readLong("instruction");
            try {
                instructions.add(InstructionCodec.decode(low, high));
            } catch (FormatException e) {
                throw new FormatException(part, offset, String.valueOf(e.getMessage()));
            }
        }
        return instructions;
    }

    private static WeightImage readImage(SectionReader in, String section, Target target) throws FormatException {
        int layer = in.readVarint("layer");
        int firstRow = in.readVarint("first row");
        int firstColumn = in.readVarint("first column");
        int numInputs = in.readVarint("inputs", 0, target.registerFileCapacity());
        boolean biasColumn = readBoolean(in, "bias column");
        int numRows = in.readVarint("rows", 0, target.registerFileCapacity());
        int countBits = in.readVarint("bits of a count", 1, Integer.SIZE - 1);
        int numPes = target.numPes();
        if (in.remaining() < numPes) {
            throw in.error("too short for " + numPes + " PEs");
        }
        int[] numEntries = new int[numPes];
        long totalEntries = 0;
        for (int pe = 0; pe < numPes; pe++) {
            numEntries[pe] = in.readVarint("number of entries");
            totalEntries += numEntries[pe];
        }
        long numColumns = WeightImage.numColumns(numInputs, biasColumn, numPes);
        int entryBits = target.weightBits() + target.indexBits();
        long numBits = numColumns * numPes * countBits + totalEntries * entryBits;
        if ((numBits + Byte.SIZE - 1) / Byte.SIZE != in.remaining()) {
            throw in.error(
                    in.remaining() + " bytes hold the stream, expected " + (numBits + Byte.SIZE - 1) / Byte.SIZE);
        }
        InterleavedCsc matrix =
                new StreamReader(in, section, countBits, target).read(numRows, (int) numColumns, numEntries);
        return new WeightImage(layer, firstRow, firstColumn, numInputs, biasColumn, matrix);
    }

    /** Reads the bit stream of an image, whose length is known to fit. */
    private static final class StreamReader {
        private final BitReader bits;
        private final String section;
        private final int countBits;
        private final Target target;

        StreamReader(SectionReader in, String section, int countBits, Target target) {
            this.bits = new BitReader(in.array(), in.offset(), in.remaining());
            this.section = section;
            this.countBits = countBits;
            this.target = target;
        }

        InterleavedCsc read(int numRows, int numColumns, int[] numEntries) throws FormatException {
            int numPes = numEntries.length;
            int[][] columnStarts = new int[numPes][numColumns + 1];
            byte[][] codes = new byte[numPes][];
            short[][] relativeIndices = new short[numPes][];
            for (int pe = 0; pe < numPes; pe++) {
                readStarts(columnStarts[pe], pe, numEntries[pe]);
                codes[pe] = new byte[numEntries[pe]];
                relativeIndices[pe] = new short[numEntries[pe]];
                for (int entry = 0; entry < numEntries[pe]; entry++) {
                    codes[pe][entry] = (byte) bits.read(target.weightBits());
                    relativeIndices[pe][entry] = (short) bits.read(target.indexBits());
                }
            }
            return new InterleavedCsc(
                    numRows, numColumns, numPes, target.indexBits(), columnStarts, codes, relativeIndices);
        }

        private void readStarts(int[] starts, int pe, int numEntries) throws FormatException {
            long start = 0;
            for (int column = 0; column < starts.length - 1; column++) {
                starts[column] = (int) start;
                start += bits.read(countBits);
                if (start > numEntries) {
                    break;
                }
            }
            if (start != numEntries) {
                throw new FormatException(
                        section,
                        "PE " + pe + " has " + numEntries + " entries, but its columns have "
                                + (start > numEntries ? "more" : start));
            }
            starts[starts.length - 1] = numEntries;
        }
    }
}
