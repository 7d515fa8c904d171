package org.eiesim.kernels.check;

/** Argument checks that name the argument, its value and what was allowed. */
public final class Ranges {
    private Ranges() {}

    /**
     * Checks {@code low <= value <= high}.
     *
     * @param name the argument's name
     * @param value its value
     * @param low the least allowed value
     * @param high the largest allowed value
     * @throws IllegalArgumentException if it is outside
     */
    public static void requireWithin(String name, long value, long low, long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " must be " + low + ".." + high + ", not " + value);
        }
    }

    /**
     * Checks that a section lies inside an array.
     *
     * @param name the array's name
     * @param arrayLength elements of the array
     * @param offset first element of the section
     * @param count elements of the section
     * @throws IllegalArgumentException if offset or count is negative or the section ends after the array
     */
    public static void requireSection(String name, int arrayLength, int offset, int count) {
        if (offset < 0 || count < 0 || offset > arrayLength - count) {
            throw new IllegalArgumentException(
                    name + ": section of " + count + " at " + offset + " is not inside an array of " + arrayLength);
        }
    }

    /**
     * Checks the length of an array.
     *
     * @param name the array's name
     * @param actual its length
     * @param expected the length it must have
     * @throws IllegalArgumentException if they differ
     */
    public static void requireLength(String name, int actual, long expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(name + " must have " + expected + " elements, not " + actual);
        }
    }
}
