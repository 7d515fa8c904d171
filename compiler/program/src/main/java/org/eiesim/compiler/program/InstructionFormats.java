package org.eiesim.compiler.program;

import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.kernels.fixed.QFormat;
import org.jspecify.annotations.Nullable;

/** Reads fixed-point formats out of instructions. */
public final class InstructionFormats {
    private InstructionFormats() {}

    /**
     * Returns the formats a {@code set_formats} sets.
     *
     * @param setFormats the instruction
     * @return the formats, or null where they are still to be calibrated
     * @throws IllegalArgumentException if a width is not 2..32 or the accumulator's fraction is too long
     */
    public static @Nullable LayerFormats layerFormats(Instruction setFormats) {
        if (!setFormats.isSet(Field.CALIBRATED)) {
            return null;
        }
        return new LayerFormats(
                format(setFormats, Field.INPUT_BITS, Field.INPUT_FRACTION),
                format(setFormats, Field.WEIGHT_BITS, Field.WEIGHT_FRACTION),
                format(setFormats, Field.ACCUMULATOR_BITS, Field.ACCUMULATOR_FRACTION),
                format(setFormats, Field.OUTPUT_BITS, Field.OUTPUT_FRACTION));
    }

    /**
     * Returns the format a {@code host_operation} rounds to.
     *
     * @param hostOperation the instruction
     * @return the format, or null where it is still to be calibrated
     * @throws IllegalArgumentException if the width is not 2..32
     */
    public static @Nullable QFormat outputFormat(Instruction hostOperation) {
        return hostOperation.isSet(Field.CALIBRATED)
                ? format(hostOperation, Field.OUTPUT_BITS, Field.OUTPUT_FRACTION)
                : null;
    }

    private static QFormat format(Instruction instruction, Field bits, Field fraction) {
        return new QFormat(instruction.getInt(bits), instruction.getInt(fraction));
    }
}
