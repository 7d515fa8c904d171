package org.eiesim.models.network;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The extents of a tensor, outermost first (C order). Immutable. */
public final class Shape {
    private final int[] extents;

    private Shape(int[] extents) {
        this.extents = extents;
    }

    /**
     * Makes a shape.
     *
     * @param extents the extents, each &ge; 0; copied
     * @return the shape
     * @throws IllegalArgumentException if an extent is negative or the number of elements exceeds an int
     */
    public static Shape of(int... extents) {
        long size = 1;
        for (int extent : extents) {
            if (extent < 0) {
                throw new IllegalArgumentException("negative extent in " + Arrays.toString(extents));
            }
            size *= extent;
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("too many elements in " + Arrays.toString(extents));
            }
        }
        return new Shape(extents.clone());
    }

    /**
     * Returns the number of axes.
     *
     * @return the rank, 0 for a scalar
     */
    public int rank() {
        return extents.length;
    }

    /**
     * Returns one extent.
     *
     * @param axis 0..rank-1
     * @return the extent
     */
    public int extent(int axis) {
        return extents[axis];
    }

    /**
     * Returns the extents.
     *
     * @return a copy
     */
    public int[] toArray() {
        return extents.clone();
    }

    /**
     * Returns the number of elements.
     *
     * @return the product of the extents, 1 for a scalar
     */
    public int size() {
        int size = 1;
        for (int extent : extents) {
            size *= extent;
        }
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    @Override
    public String toString() {
        return Arrays.stream(extents).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }
}
