package org.eiesim.simulator.energy;

import java.util.Arrays;

/**
 * The points of one dimension of a table, ascending, and where a value lies among them on a logarithmic scale.
 *
 * @param points at least two, positive, ascending; not copied
 */
record TableAxis(double[] points) {
    /**
     * A place between two neighbours.
     *
     * @param index the lower neighbour
     * @param fraction 0 at the lower, 1 at the upper one
     * @param clamped the value the place stands for: the nearest one inside the table
     * @param outside whether the value asked for lies outside the table
     */
    record Place(int index, double fraction, double clamped, boolean outside) {}

    int size() {
        return points.length;
    }

    Place locate(double value) {
        double clamped = Math.min(Math.max(value, points[0]), points[points.length - 1]);
        int index = Arrays.binarySearch(points, clamped);
        if (index < 0) {
            index = -index - 2;
        }
        index = Math.min(index, points.length - 2);
        double fraction = Math.log(clamped / points[index]) / Math.log(points[index + 1] / points[index]);
        return new Place(index, fraction, clamped, clamped != value);
    }

    /** Returns the place of a point of the axis. */
    int indexOf(double point) {
        int index = Arrays.binarySearch(points, point);
        if (index < 0) {
            throw new IllegalStateException(point + " is not one of " + Arrays.toString(points));
        }
        return index;
    }
}
