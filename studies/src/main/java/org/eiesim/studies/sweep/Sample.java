package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/** Which combinations of the axes' values a sweep visits. */
sealed interface Sample {
    /** The most points of a sweep. */
    int MAX_POINTS = 2_000_000;

    /**
     * Chooses the points.
     *
     * @param axes what varies; where there is none, the base is the one point
     * @param seed the specification's seed
     * @return one value per axis for each point, all points different
     * @throws IllegalArgumentException if there are too many or too few combinations
     */
    List<List<String>> draw(List<Axis> axes, long seed);

    /** Returns how the summary names it. */
    String describe();

    /** Every combination, the last axis varying fastest. */
    record Grid() implements Sample {
        @Override
        public List<List<String>> draw(List<Axis> axes, long seed) {
            List<List<String>> points = List.of(List.of());
            for (Axis axis : axes) {
                if (!(axis instanceof Axis.Listed listed)) {
                    throw new IllegalArgumentException(axis.parameter().key()
                            + " needs step or factor in a grid; without, only a random or sobol sample takes it");
                }
                long size = (long) points.size() * listed.values().size();
                if (size > MAX_POINTS) {
                    throw new IllegalArgumentException(
                            "the grid has more than " + MAX_POINTS + " points; take a random or sobol sample of it");
                }
                List<List<String>> longer = new ArrayList<>((int) size);
                for (List<String> point : points) {
                    for (String value : listed.values()) {
                        List<String> extended = new ArrayList<>(point);
                        extended.add(value);
                        longer.add(extended);
                    }
                }
                points = longer;
            }
            return points;
        }

        @Override
        public String describe() {
            return "grid";
        }
    }

    /**
     * Independent draws, each value of a list or each part of an interval being equally likely.
     *
     * @param numPoints how many different points
     */
    record Random(int numPoints) implements Sample {
        @Override
        public List<List<String>> draw(List<Axis> axes, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            return distinct(axes, numPoints, () -> random.doubles(axes.size()).toArray());
        }

        @Override
        public String describe() {
            return "random " + numPoints;
        }
    }

    /**
     * The Sobol sequence, shifted modulo 1 by a vector drawn from the seed (Cranley and Patterson's rotation).
     *
     * @param numPoints how many different points
     */
    record Sobol(int numPoints) implements Sample {
        @Override
        public List<List<String>> draw(List<Axis> axes, long seed) {
            double[] shift = new SplittableRandom(seed).doubles(axes.size()).toArray();
            SobolSequenceGenerator sequence = new SobolSequenceGenerator(Math.max(1, axes.size()));
            return distinct(axes, numPoints, () -> {
                double[] place = sequence.nextVector();
                for (int i = 0; i < shift.length; i++) {
                    double shifted = place[i] + shift[i];
                    place[i] = shifted >= 1 ? shifted - 1 : shifted;
                }
                return place;
            });
        }

        @Override
        public String describe() {
            return "sobol " + numPoints;
        }
    }

    private static List<List<String>> distinct(List<Axis> axes, int numPoints, Supplier<double[]> places) {
        requireEnough(axes, numPoints);
        Set<List<String>> points = new LinkedHashSet<>();
        // What is nearly the whole of a finite space takes some repetition; an interval may print few different values.
        long attempts = 1000L + 100L * numPoints;
        while (points.size() < numPoints) {
            if (attempts-- == 0) {
                throw new IllegalArgumentException("found only " + points.size() + " different points of " + numPoints
                        + ": ask for fewer, or for a grid");
            }
            double[] place = places.get();
            List<String> point = new ArrayList<>(axes.size());
            for (int i = 0; i < axes.size(); i++) {
                point.add(axes.get(i).at(place[i]));
            }
            points.add(point);
        }
        return List.copyOf(points);
    }

    private static void requireEnough(List<Axis> axes, int numPoints) {
        long available = 1;
        for (Axis axis : axes) {
            if (!(axis instanceof Axis.Listed listed)) {
                return;
            }
            available = Math.min(MAX_POINTS, available * listed.values().size());
        }
        if (available < numPoints) {
            throw new IllegalArgumentException(
                    "a sample of " + numPoints + " points, but the parameters have only " + available);
        }
    }
}
