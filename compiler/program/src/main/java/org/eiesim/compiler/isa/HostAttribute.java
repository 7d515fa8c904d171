package org.eiesim.compiler.isa;

/**
 * An attribute of a host operation.
 *
 * @param name its name in attribute lists
 * @param role what its value is
 */
public record HostAttribute(String name, Role role) {
    /** What the value of an attribute is. */
    public enum Role {
        /** A number. */
        NUMBER,
        /** The number of one more buffer that is read. */
        READS,
        /** The number of one more buffer that is read and written. */
        UPDATES,
        /** The number of the bias segment that holds a constant. */
        CONSTANT
    }

    static HostAttribute number(String name) {
        return new HostAttribute(name, Role.NUMBER);
    }

    static HostAttribute reads(String name) {
        return new HostAttribute(name, Role.READS);
    }

    static HostAttribute updates(String name) {
        return new HostAttribute(name, Role.UPDATES);
    }

    static HostAttribute constant(String name) {
        return new HostAttribute(name, Role.CONSTANT);
    }
}
