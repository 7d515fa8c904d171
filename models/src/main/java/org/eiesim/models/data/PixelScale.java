package org.eiesim.models.data;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the bytes of an image become a network's values: {@code pixel / divisor}, or {@code (pixel / 255 - mean) / std}
 * with a mean and a deviation for each channel, in float32 arithmetic.
 */
public final class PixelScale {
    /** {@code pixel / 256}, which is meant where nothing is said. */
    public static final PixelScale BY_256 = parse("256");

    private static final int NUM_BYTES = 256;
    private static final Pattern COLON = Pattern.compile(":");

    private final String text;
    private final float[][] values;

    private PixelScale(String text, float[][] values) {
        this.text = text;
        this.values = values;
    }

    /**
     * Parses a scale.
     *
     * @param text a divisor such as {@code 256}, {@code 255} or {@code 1}; or mean and deviation with a comma between, each
     *     one number for all channels, or one for each with colons between: {@code 0.485:0.456:0.406,0.229:0.224:0.225}
     * @return the scale
     * @throws IllegalArgumentException if it is neither, a number is not finite, or a divisor or deviation not above 0
     */
    public static PixelScale parse(String text) {
        List<String> parts = List.of(text.split(",", -1));
        if (parts.size() == 1) {
            float divisor = positive(text, text);
            float[] table = new float[NUM_BYTES];
            for (int pixel = 0; pixel < NUM_BYTES; pixel++) {
                table[pixel] = pixel / divisor;
            }
            return new PixelScale(text, new float[][] {table});
        }
        String[] means = COLON.split(parts.get(0), -1);
        String[] deviations = COLON.split(parts.get(1), -1);
        if (parts.size() != 2 || means.length != deviations.length) {
            throw malformed(text);
        }
        float[][] values = new float[means.length][NUM_BYTES];
        for (int channel = 0; channel < means.length; channel++) {
            float mean = number(text, means[channel]);
            float deviation = positive(text, deviations[channel]);
            for (int pixel = 0; pixel < NUM_BYTES; pixel++) {
                values[channel][pixel] = (pixel / 255f - mean) / deviation;
            }
        }
        return new PixelScale(text, values);
    }

    private static float positive(String text, String number) {
        float value = number(text, number);
        if (value <= 0) {
            throw malformed(text);
        }
        return value;
    }

    private static float number(String text, String number) {
        try {
            float value = Float.parseFloat(number);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, with the whole text.
        }
        throw malformed(text);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("pixel scale " + text
                + " is neither a divisor above 0 such as 255 nor MEAN,STD such as 0.5,0.25 or"
                + " 0.485:0.456:0.406,0.229:0.224:0.225");
    }

    /**
     * Returns the number of channels that have numbers of their own.
     *
     * @return the count; 1 fits images of any number of channels
     */
    public int numChannels() {
        return values.length;
    }

    /**
     * Returns the value of a pixel.
     *
     * @param pixel its byte
     * @param channel its channel, from 0; any where all have the same numbers
     * @return the value
     */
    float value(byte pixel, int channel) {
        return values[values.length == 1 ? 0 : channel][pixel & 0xFF];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PixelScale scale && Arrays.deepEquals(values, scale.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    /** Returns the scale as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
