package org.eiesim.compiler.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramFormats;
import org.eiesim.kernels.fixed.QFormat;

/** Gives programs random fixed-point formats. */
final class RandomFormats {
    private RandomFormats() {}

    static Program set(Program program, Random random) {
        if (random.nextInt(3) == 0) {
            return program;
        }
        List<LayerFormats> layers = new ArrayList<>();
        for (int i = 0; i < program.layers().size(); i++) {
            QFormat input = format(random);
            QFormat weight = format(random);
            int accumulatorFraction =
                    Math.max(-128, Math.min(127, input.fractionBits() + weight.fractionBits()) - random.nextInt(5));
            layers.add(new LayerFormats(
                    input, weight, new QFormat(2 + random.nextInt(31), accumulatorFraction), format(random)));
        }
        List<QFormat> hostOperations = new ArrayList<>();
        program.body().stream()
                .filter(i -> i.opcode() == Opcode.HOST_OPERATION)
                .forEach(i -> hostOperations.add(format(random)));
        return program.withFormats(new ProgramFormats(layers, hostOperations));
    }

    private static QFormat format(Random random) {
        return new QFormat(2 + random.nextInt(31), random.nextInt(128) - 64);
    }
}
