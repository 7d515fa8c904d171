package org.eiesim.compiler.isa;

/** A constant with the number that stands for it in instructions and files. */
public interface Coded {
    /**
     * Returns its number.
     *
     * @return 0, 1, ... in the order of declaration
     */
    int code();

    /**
     * Finds the constant of a number.
     *
     * @param constants all constants of its kind
     * @param code the number
     * @param <E> the kind
     * @return the constant
     * @throws IllegalArgumentException if no constant has the number
     */
    static <E extends Coded> E of(E[] constants, long code) {
        for (E constant : constants) {
            if (constant.code() == code) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no constant has the code " + code);
    }
}
