package org.eiesim.compiler.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.isa.Coded;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.HostAttribute;
import org.eiesim.compiler.isa.HostAttribute.Role;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.Instruction;

/**
 * A {@code host_operation} with what its attribute list says.
 *
 * @param kind what the host computes
 * @param input the buffer it reads
 * @param output the buffer it writes
 * @param attributes its attributes by name
 * @param others the buffers and constants its attributes name, in the order of the kind's attributes
 */
public record HostOperation(HostKind kind, int input, int output, Map<String, Integer> attributes, List<Other> others) {
    /** Copies the collections. */
    public HostOperation {
        attributes = Map.copyOf(attributes);
        others = List.copyOf(others);
    }

    /**
     * One more buffer or constant of an operation.
     *
     * @param attribute the attribute that names it
     * @param number the number of the buffer or bias segment
     */
    public record Other(HostAttribute attribute, int number) {}

    /**
     * Reads an operation.
     *
     * @param program holds the attribute list
     * @param instruction a {@code host_operation}
     * @return the operation; absent attributes count as 0
     */
    public static HostOperation of(Program program, Instruction instruction) {
        HostKind kind = Coded.of(HostKind.values(), instruction.get(Field.KIND));
        Map<String, Integer> attributes = program.attributes().get(instruction.getInt(Field.ATTRIBUTES));
        List<Other> others = new ArrayList<>();
        for (HostAttribute attribute : kind.attributes()) {
            if (attribute.role() != Role.NUMBER) {
                others.add(new Other(attribute, attributes.getOrDefault(attribute.name(), 0)));
            }
        }
        return new HostOperation(
                kind, instruction.getInt(Field.INPUT), instruction.getInt(Field.OUTPUT), attributes, others);
    }

    /**
     * Returns the lengths it needs and its work.
     *
     * @param program the program it stands in
     * @return the lengths
     * @throws IllegalArgumentException if the attributes do not make sense
     */
    public HostShape shape(Program program) {
        return HostShape.of(kind, attributes, program.buffers().get(input).length());
    }
}
