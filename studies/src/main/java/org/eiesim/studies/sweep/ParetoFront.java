package org.eiesim.studies.sweep;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of many designs are worth looking at. A design dominates another if it is not worse in any of three numbers and
 * better in one; the front is what no design dominates. Designs equal in all three do not dominate one another.
 */
final class ParetoFront {
    private ParetoFront() {}

    /**
     * Finds the front in {@code O(n log n)}: designs are taken by ascending first number (then second, then third), and
     * beside the designs taken so far that no other beats in both the second and third, only one has to be looked at.
     *
     * @param first three numbers of each design, smaller being better; none is NaN
     * @param second as many
     * @param third as many
     * @return whether each design is on the front
     */
    static boolean[] of(double[] first, double[] second, double[] third) {
        Integer[] order = new Integer[first.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingDouble(i -> first[i])
                        .thenComparingDouble(i -> second[i])
                        .thenComparingDouble(i -> third[i]));
        boolean[] front = new boolean[first.length];
        // Second number to third; the greater the one, the smaller the other.
        TreeMap<Double, Double> stairs = new TreeMap<>();
        int previous = -1;
        for (int i : order) {
            if (previous >= 0 && isEqual(first, second, third, previous, i)) {
                front[i] = front[previous];
                continue;
            }
            previous = i;
            Map.Entry<Double, Double> best = stairs.floorEntry(second[i]);
            front[i] = best == null || best.getValue() > third[i];
            if (front[i]) {
                Map.Entry<Double, Double> worse = stairs.ceilingEntry(second[i]);
                while (worse != null && worse.getValue() >= third[i]) {
                    stairs.remove(worse.getKey());
                    worse = stairs.ceilingEntry(second[i]);
                }
                stairs.put(second[i], third[i]);
            }
        }
        return front;
    }

    private static boolean isEqual(double[] first, double[] second, double[] third, int i, int j) {
        return first[i] == first[j] && second[i] == second[j] && third[i] == third[j];
    }
}
