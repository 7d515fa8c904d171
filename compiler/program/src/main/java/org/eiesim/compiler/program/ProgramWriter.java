package org.eiesim.compiler.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.InstructionCodec;
import org.eiesim.compiler.sections.SectionWriter;
import org.eiesim.compiler.sections.SectionedFile;
import org.eiesim.compiler.sections.SectionedFile.Content;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * Writes programs as .eiex: a {@link SectionedFile} with magic {@code EIEX}. The sections, in this order:
 *
 * <pre>
 * tables     := name:string target buffers inputs outputs layers
 * target     := numPes indexBits weightBits spmatCapacityEntries pointerCapacityColumns registerFileLength biasMode:u8
 * buffers    := count (name:string length)*
 * inputs     := count (name:string buffer)*              outputs likewise
 * layers     := count (name:string kind:u8 rank extent* numNonzeros codebookSize numVectors)*
 * attributes := count (count (name:string value)*)*       names ascending
 * codebooks  := count (count float32*)*                   biases likewise
 * setup      := (low:u64 high:u64)*                       body likewise; see docs/instruction-set.md
 * image      := layer firstRow firstColumn numInputs biasColumn:u8 numRows countBits:u8 numEntries{PEs} stream
 * stream     := for each PE: count{columns} entry{numEntries}; bits, lowest first, padded with 0 to a whole byte
 * </pre>
 *
 * One {@code image} section per weight image. Numbers without a width are varints. In the stream a count (entries of a
 * column) takes {@code countBits} bits, an entry {@code weightBits} bits of code and {@code indexBits} bits of relative
 * index. The same program gives the same bytes.
 */
public final class ProgramWriter {
    private ProgramWriter() {}

    /**
     * Writes a program to a file, whole or not at all.
     *
     * @param program the program
     * @param path the file; replaced if it exists
     * @throws IOException if writing fails
     */
    public static void write(Program program, Path path) throws IOException {
        SectionedFile.write(path, ProgramFile.FORMAT, contents(program));
    }

    /**
     * Returns a program's file.
     *
     * @param program the program
     * @return the bytes of the .eiex file
     */
    public static byte[] toBytes(Program program) {
        return SectionedFile.toBytes(ProgramFile.FORMAT, contents(program));
    }

    private static List<Content> contents(Program program) {
        List<Content> contents = new ArrayList<>();
        contents.add(new Content(ProgramFile.TABLES, tables(program)));
        contents.add(new Content(ProgramFile.ATTRIBUTES, attributes(program.attributes())));
        contents.add(new Content(ProgramFile.CODEBOOKS, floats(program.codebooks())));
        contents.add(new Content(ProgramFile.BIASES, floats(program.biases())));
        contents.add(new Content(ProgramFile.SETUP, instructions(program.setup())));
        contents.add(new Content(ProgramFile.BODY, instructions(program.body())));
        for (WeightImage image : program.images()) {
            contents.add(new Content(ProgramFile.IMAGE, image(image, program.target())));
        }
        return contents;
    }

    private static byte[] tables(Program program) {
        SectionWriter out = new SectionWriter();
        out.writeString(program.name());
        Target target = program.target();
        out.writeVarint(target.numPes());
        out.writeVarint(target.indexBits());
        out.writeVarint(target.weightBits());
        out.writeVarint(target.spmatCapacityEntries());
        out.writeVarint(target.pointerCapacityColumns());
        out.writeVarint(target.registerFileLength());
        out.writeByte(target.biasMode() == Target.BiasMode.COLUMN ? 1 : 0);
        out.writeVarint(program.buffers().size());
        for (HostBuffer buffer : program.buffers()) {
            out.writeString(buffer.name());
            out.writeVarint(buffer.length());
        }
        ports(program.inputs(), out);
        ports(program.outputs(), out);
        out.writeVarint(program.layers().size());
        program.layers().forEach(layer -> layer(layer, out));
        return out.toByteArray();
    }

    private static void ports(List<Port> ports, SectionWriter out) {
        out.writeVarint(ports.size());
        for (Port port : ports) {
            out.writeString(port.name());
            out.writeVarint(port.buffer());
        }
    }

    private static void layer(LayerInfo layer, SectionWriter out) {
        out.writeString(layer.name());
        out.writeByte(layer.kind().code());
        out.writeVarint(layer.weightShape().size());
        layer.weightShape().forEach(out::writeVarint);
        out.writeVarint(layer.numNonzeros());
        out.writeVarint(layer.codebookSize());
        out.writeVarint(layer.numVectors());
    }

    private static byte[] attributes(List<SortedMap<String, Integer>> lists) {
        SectionWriter out = new SectionWriter();
        out.writeVarint(lists.size());
        for (SortedMap<String, Integer> list : lists) {
            out.writeVarint(list.size());
            for (Map.Entry<String, Integer> entry : list.entrySet()) {
                out.writeString(entry.getKey());
                out.writeVarint(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    private static byte[] floats(List<float[]> arrays) {
        SectionWriter out = new SectionWriter();
        out.writeVarint(arrays.size());
        for (float[] array : arrays) {
            out.writeVarint(array.length);
            out.writeFloats(array);
        }
        return out.toByteArray();
    }

    private static byte[] instructions(List<Instruction> instructions) {
        SectionWriter out = new SectionWriter();
        for (Instruction instruction : instructions) {
            for (long word : InstructionCodec.encode(instruction)) {
                out.writeLong(word);
            }
        }
        return out.toByteArray();
    }

    private static byte[] image(WeightImage image, Target target) {
        InterleavedCsc matrix = image.matrix();
        SectionWriter out = new SectionWriter();
        out.writeVarint(image.layer());
        out.writeVarint(image.firstRow());
        out.writeVarint(image.firstColumn());
        out.writeVarint(image.numInputs());
        out.writeByte(image.biasColumn() ? 1 : 0);
        out.writeVarint(matrix.numRows());
        int countBits = ProgramFile.bitsFor(maxCount(matrix));
        out.writeByte(countBits);
        for (byte[] codes : matrix.codes()) {
            out.writeVarint(codes.length);
        }
        BitWriter stream = new BitWriter();
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            int[] starts = matrix.columnStarts()[pe];
            for (int column = 0; column < matrix.numColumns(); column++) {
                stream.write(starts[column + 1] - starts[column], countBits);
            }
            byte[] codes = matrix.codes()[pe];
            short[] indices = matrix.relativeIndices()[pe];
            for (int entry = 0; entry < codes.length; entry++) {
                stream.write(codes[entry] & 0xFF, target.weightBits());
                stream.write(indices[entry] & 0xFFFF, target.indexBits());
            }
        }
        out.writeBytes(stream.toByteArray());
        return out.toByteArray();
    }

    private static int maxCount(InterleavedCsc matrix) {
        int max = 0;
        for (int[] starts : matrix.columnStarts()) {
            for (int column = 0; column < matrix.numColumns(); column++) {
                max = Math.max(max, starts[column + 1] - starts[column]);
            }
        }
        return max;
    }
}
