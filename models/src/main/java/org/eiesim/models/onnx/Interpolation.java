package org.eiesim.models.onnx;

/**
 * How the elements of a resized axis are made of those of the axis it was: each is a weighted sum of some.
 *
 * @param numInputs elements of the axis
 * @param indices the element that each tap of an output takes, {@code [taps][outputs]}
 * @param weights the factor of each tap, {@code [taps][outputs]}
 * @param outside which outputs lie outside of the axis
 */
record Interpolation(int numInputs, int[][] indices, float[][] weights, boolean[] outside) {
    /**
     * One axis that is resized.
     *
     * @param numInputs elements it has
     * @param numOutputs elements it gets
     * @param scale outputs per input
     * @param regionStart where the region begins that is resized, as a share of the axis
     * @param regionEnd where it ends
     */
    record Axis(int numInputs, int numOutputs, float scale, float regionStart, float regionEnd) {}

    /**
     * What ONNX's Resize says of all axes.
     *
     * @param mode nearest, linear or cubic
     * @param coordinates the coordinate transformation mode
     * @param nearest how nearest rounds
     * @param cubicCoefficient the coefficient a of cubic interpolation
     * @param excludesOutside whether taps outside count nothing
     * @param antialiases whether the taps are spread where the axis shrinks
     */
    record Method(
            String mode,
            String coordinates,
            String nearest,
            float cubicCoefficient,
            boolean excludesOutside,
            boolean antialiases) {}

    /**
     * Works out the taps.
     *
     * @throws IllegalArgumentException if a mode is unknown
     */
    static Interpolation of(Axis axis, Method method) {
        boolean widens =
                method.antialiases() && axis.scale() < 1 && !method.mode().equals("nearest");
        float support = method.mode().equals("cubic") ? 2 : 1;
        int numTaps = switch (method.mode()) {
            case "nearest" -> 1;
            case "linear", "cubic" -> widens ? 2 * (int) Math.ceil(support / axis.scale()) + 1 : 2 * (int) support;
            default -> throw new IllegalArgumentException("attribute mode = " + method.mode() + " is not supported");
        };
        int[][] indices = new int[numTaps][axis.numOutputs()];
        float[][] weights = new float[numTaps][axis.numOutputs()];
        boolean[] outside = new boolean[axis.numOutputs()];
        for (int output = 0; output < axis.numOutputs(); output++) {
            float place = axis.scale() == 1 ? output : place(output, axis, method.coordinates());
            outside[output] = place < 0 || place > axis.numInputs() - 1;
            int first = 0;
            float[] own = {1};
            switch (method.mode()) {
                case "nearest" -> first = nearest(place, axis.scale(), method.nearest());
                case "linear" -> {
                    if (!widens) {
                        place = Math.max(0, Math.min(place, axis.numInputs() - 1));
                        first = (int) place;
                        own = new float[] {1 - (place - first), place - first};
                    }
                }
                default -> {
                    first = (int) Math.floor(place) - 1;
                    own = cubic(place - (first + 1), method.cubicCoefficient());
                }
            }
            if (widens) {
                float reach = support / axis.scale();
                first = (int) Math.floor(place + 0.5f - reach + 0.5f);
                own = spread(
                        place, first, Math.min(numTaps, (int) Math.floor(place + 1 + reach) - first), axis, method);
            }
            normalise(own, first, axis.numInputs(), method.excludesOutside() || widens, method.excludesOutside());
            for (int tap = 0; tap < own.length; tap++) {
                indices[tap][output] = Math.max(0, Math.min(first + tap, axis.numInputs() - 1));
                weights[tap][output] = own[tap];
            }
        }
        return new Interpolation(axis.numInputs(), indices, weights, outside);
    }

    /** Where an output lies on the axis it is made from. In float32 step by step, since a half decides. */
    private static float place(int output, Axis axis, String coordinates) {
        float inputs = axis.numInputs();
        float outputs = axis.numOutputs();
        float scale = axis.scale();
        return switch (coordinates) {
            case "half_pixel" -> (output + 0.5f) / scale - 0.5f;
            case "asymmetric" -> output / scale;
            case "pytorch_half_pixel" -> outputs > 1 ? (output + 0.5f) / scale - 0.5f : 0;
            case "tf_half_pixel_for_nn" -> (output + 0.5f) / scale;
            case "align_corners" -> outputs == 1 ? 0 : output * (inputs - 1) / (outputs - 1);
            case "half_pixel_symmetric" -> {
                float adjustment = outputs / (scale * inputs);
                yield inputs / 2 * (1 - adjustment) + (output + 0.5f) / scale - 0.5f;
            }
            case "tf_crop_and_resize" -> {
                float start = axis.regionStart();
                float end = axis.regionEnd();
                yield outputs > 1
                        ? start * (inputs - 1) + output * (end - start) * (inputs - 1) / (outputs - 1)
                        : 0.5f * (start + end) * (inputs - 1);
            }
            default ->
                throw new IllegalArgumentException(
                        "attribute coordinate_transformation_mode = " + coordinates + " is not supported");
        };
    }

    private static int nearest(float place, float scale, String mode) {
        return switch (mode) {
            case "round_prefer_floor" ->
                (int) (place == (int) place + 0.5f ? Math.floor(place) : Math.floor(place + 0.5));
            case "round_prefer_ceil" -> (int) (place < 0 ? -Math.floor(0.5 - place) : Math.floor(place + 0.5));
            case "floor" -> (int) Math.floor(place);
            case "ceil" -> (int) Math.ceil(place);
            case "simple" -> (int) (scale < 1 ? Math.ceil(place) : place);
            default -> throw new IllegalArgumentException("attribute nearest_mode = " + mode + " is not supported");
        };
    }

    /** The factors of four elements around a place, {@code fraction} behind the second (Keys, 1981). */
    private static float[] cubic(float fraction, float a) {
        return new float[] {
            keys(fraction + 1, a), keys(fraction, a), keys(1 - fraction, a), keys(2 - fraction, a),
        };
    }

    private static float keys(float distance, float a) {
        float x = Math.abs(distance);
        if (x <= 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }

    /** The factors of all elements under the kernel stretched to the width of an output. */
    private static float[] spread(float place, int first, int count, Axis axis, Method method) {
        float[] weights = new float[count];
        for (int tap = 0; tap < count; tap++) {
            float distance = (first + tap - place) * axis.scale();
            weights[tap] = method.mode().equals("cubic")
                    ? keys(distance, method.cubicCoefficient())
                    : Math.max(0, 1 - Math.abs(distance));
        }
        return weights;
    }

    private static void normalise(float[] weights, int first, int numInputs, boolean normalises, boolean excludes) {
        if (!normalises) {
            return;
        }
        float sum = 0;
        for (int tap = 0; tap < weights.length; tap++) {
            if (excludes && (first + tap < 0 || first + tap >= numInputs)) {
                weights[tap] = 0;
            }
            sum += weights[tap];
        }
        for (int tap = 0; sum != 0 && tap < weights.length; tap++) {
            weights[tap] /= sum;
        }
    }

    /** Tells whether every output is the input of its place. */
    boolean isIdentity() {
        boolean isIdentity = indices[0].length == numInputs;
        for (int i = 0; isIdentity && i < numInputs; i++) {
            for (int tap = 0; isIdentity && tap < indices.length; tap++) {
                isIdentity = weights[tap][i] == 0 || (weights[tap][i] == 1 && indices[tap][i] == i);
            }
        }
        return isIdentity;
    }

    /** Tells whether a tap counts for no output. */
    boolean isVoid(int tap) {
        for (float weight : weights[tap]) {
            if (weight != 0) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether some output lies outside. */
    boolean hasOutside() {
        for (boolean is : outside) {
            if (is) {
                return true;
            }
        }
        return false;
    }

    /** Returns 1 for outputs inside and 0 for those outside. */
    float[] inside() {
        float[] inside = new float[outside.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = outside[i] ? 0 : 1;
        }
        return inside;
    }
}
