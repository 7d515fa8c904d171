package org.eiesim.compiler.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The attributes of a move: loops over up to six axes, each with its distance in the input and in the output.
 *
 * @param extents iterations of each loop, outermost first
 * @param inputSteps elements of the input from one iteration to the next
 * @param outputSteps elements of the output from one iteration to the next
 * @param inputOffset first element read
 * @param outputOffset first element written
 */
public record MoveAttributes(
        List<Integer> extents, List<Integer> inputSteps, List<Integer> outputSteps, int inputOffset, int outputOffset) {
    /** Axes an attribute list holds. */
    public static final int MAX_AXES = 6;

    private static final String EXTENT = "extent_";
    private static final String INPUT_STEP = "input_step_";
    private static final String OUTPUT_STEP = "output_step_";
    private static final String INPUT_OFFSET = "input_offset";
    private static final String OUTPUT_OFFSET = "output_offset";

    /** Copies the lists and checks that they are equally long. */
    public MoveAttributes {
        extents = List.copyOf(extents);
        inputSteps = List.copyOf(inputSteps);
        outputSteps = List.copyOf(outputSteps);
        if (extents.size() != inputSteps.size() || extents.size() != outputSteps.size() || extents.size() > MAX_AXES) {
            throw new IllegalArgumentException("a move needs as many steps as extents and at most " + MAX_AXES
                    + ", not " + extents + ", " + inputSteps + ", " + outputSteps);
        }
    }

    static HostAttribute[] all() {
        List<HostAttribute> all = new ArrayList<>();
        for (String name : List.of(EXTENT, INPUT_STEP, OUTPUT_STEP)) {
            for (int axis = 0; axis < MAX_AXES; axis++) {
                all.add(HostAttribute.number(name + axis));
            }
        }
        all.add(HostAttribute.number(INPUT_OFFSET));
        all.add(HostAttribute.number(OUTPUT_OFFSET));
        return all.toArray(HostAttribute[]::new);
    }

    /**
     * Writes the move down; loops it does not have run once.
     *
     * @param attributes receives the attributes
     */
    public void put(Map<String, Integer> attributes) {
        int missing = MAX_AXES - extents.size();
        for (int axis = 0; axis < MAX_AXES; axis++) {
            boolean given = axis >= missing;
            attributes.put(EXTENT + axis, given ? extents.get(axis - missing) : 1);
            attributes.put(INPUT_STEP + axis, given ? inputSteps.get(axis - missing) : 0);
            attributes.put(OUTPUT_STEP + axis, given ? outputSteps.get(axis - missing) : 0);
        }
        attributes.put(INPUT_OFFSET, inputOffset);
        attributes.put(OUTPUT_OFFSET, outputOffset);
    }

    /**
     * Reads a move.
     *
     * @param attributes holds its attributes; absent ones count as 0
     * @return the move
     */
    public static MoveAttributes of(Map<String, Integer> attributes) {
        List<Integer> extents = new ArrayList<>();
        List<Integer> inputSteps = new ArrayList<>();
        List<Integer> outputSteps = new ArrayList<>();
        for (int axis = 0; axis < MAX_AXES; axis++) {
            extents.add(attributes.getOrDefault(EXTENT + axis, 0));
            inputSteps.add(attributes.getOrDefault(INPUT_STEP + axis, 0));
            outputSteps.add(attributes.getOrDefault(OUTPUT_STEP + axis, 0));
        }
        return new MoveAttributes(
                extents,
                inputSteps,
                outputSteps,
                attributes.getOrDefault(INPUT_OFFSET, 0),
                attributes.getOrDefault(OUTPUT_OFFSET, 0));
    }

    /**
     * Returns how many values are moved.
     *
     * @return the product of the extents
     */
    public long count() {
        long count = 1;
        for (int extent : extents) {
            count = Math.multiplyExact(count, (long) extent);
        }
        return count;
    }

    /**
     * Returns one past the last element read.
     *
     * @return the needed length of the input
     */
    public long inputEnd() {
        return end(inputOffset, inputSteps);
    }

    /**
     * Returns one past the last element written.
     *
     * @return the needed length of the output
     */
    public long outputEnd() {
        return end(outputOffset, outputSteps);
    }

    private long end(long offset, List<Integer> steps) {
        long last = offset;
        for (int axis = 0; axis < extents.size(); axis++) {
            if (extents.get(axis) == 0) {
                return 0;
            }
            last += (extents.get(axis) - 1L) * steps.get(axis);
        }
        return last + 1;
    }
}
