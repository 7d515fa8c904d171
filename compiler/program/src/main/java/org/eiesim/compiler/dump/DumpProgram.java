package org.eiesim.compiler.dump;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.BiasCode;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.HostBuffer;
import org.eiesim.compiler.program.LayerInfo;
import org.eiesim.compiler.program.LayerKind;
import org.eiesim.compiler.program.Port;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * The program that runs a {@link Dump}: one layer, one product, no activation function, the bias as a column. The entry
 * streams are those of the dump, whoever encoded them.
 */
public final class DumpProgram {
    private DumpProgram() {}

    /**
     * Writes the program.
     *
     * @param name what the layer is called
     * @param dump the dump; its matrix becomes the program's only weight image, not copied
     * @param target a machine of as many PEs and index bits as the matrix, whose memories hold it
     * @return the program; its fixed-point formats are still to be calibrated
     */
    public static Program of(String name, Dump dump, Target target) {
        int numInputs = dump.numInputs();
        int numOutputs = dump.numOutputs();
        // Padding does not add, whatever stands at code 0.
        float[] codebook = dump.codebook().clone();
        codebook[0] = 0;
        return new Program(
                name,
                target,
                List.of(new HostBuffer("input", numInputs), new HostBuffer("output", numOutputs)),
                List.of(new Port("input", 0)),
                List.of(new Port("output", 1)),
                List.of(new LayerInfo(
                        name,
                        LayerKind.DENSE,
                        List.of(numOutputs, numInputs),
                        numNonzeros(dump.matrix(), numInputs),
                        codebook.length,
                        1)),
                List.of(codebook),
                List.of(),
                List.of(),
                List.of(new WeightImage(0, 0, 0, numInputs, true, dump.matrix())),
                List.of(
                        Instruction.of(Opcode.LOAD_WEIGHTS, 0, 0),
                        Instruction.of(Opcode.LOAD_POINTERS, 0, 0),
                        Instruction.of(Opcode.BARRIER)),
                body(numInputs, numOutputs));
    }

    private static List<Instruction> body(int numInputs, int numOutputs) {
        List<Instruction> body = new ArrayList<>();
        body.add(Instruction.of(
                Opcode.SET_LAYER, 0, numInputs, numOutputs, ActivationCode.NONE.code(), BiasCode.COLUMN.code()));
        body.add(Instruction.of(Opcode.SET_FORMATS, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        body.add(Instruction.of(Opcode.LOAD_CODEBOOK, 0));
        body.add(Instruction.of(Opcode.LOAD_ACTIVATIONS, 0, 0, 0, numInputs));
        body.add(Instruction.of(Opcode.MATRIX_VECTOR, 0, 0, 0, numOutputs, numInputs));
        body.add(Instruction.of(Opcode.ACTIVATE, numOutputs));
        body.add(Instruction.of(Opcode.STORE_ACTIVATIONS, 1, 0, 0, numOutputs));
        body.add(Instruction.of(Opcode.BARRIER));
        body.add(Instruction.of(Opcode.HALT));
        return body;
    }

    /** Counts the entries of the inputs' columns whose code is not 0. */
    private static int numNonzeros(InterleavedCsc matrix, int numInputs) {
        int nonzeros = 0;
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            int end = matrix.columnStarts()[pe][numInputs];
            for (int entry = 0; entry < end; entry++) {
                nonzeros += matrix.codes()[pe][entry] == 0 ? 0 : 1;
            }
        }
        return nonzeros;
    }
}
