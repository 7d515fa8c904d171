package org.eiesim.compiler.isa;

import java.util.List;
import java.util.Map;
import org.eiesim.kernels.nn.SlidingWindow;

/** The attributes that say how windows lie over the planes of a {@code [channels, height, width]} buffer. */
public final class PlaneAttributes {
    /** Number of planes. */
    public static final String CHANNELS = "channels";

    /** Rows of a plane. */
    public static final String HEIGHT = "height";

    /** Columns of a plane. */
    public static final String WIDTH = "width";

    /** Whether a last window that overhangs counts: 0 or 1; absent where it never does. */
    public static final String ROUND_UP = "round_up";

    static final List<String> NAMES = List.of(
            CHANNELS,
            HEIGHT,
            WIDTH,
            "kernel_height",
            "kernel_width",
            "stride_height",
            "stride_width",
            "pad_top",
            "pad_left",
            "pad_bottom",
            "pad_right",
            "dilation_height",
            "dilation_width");

    private PlaneAttributes() {}

    /**
     * Writes windows down.
     *
     * @param channels planes
     * @param window the windows
     * @param attributes receives the attributes, {@link #ROUND_UP} not among them
     */
    public static void put(int channels, SlidingWindow window, Map<String, Integer> attributes) {
        int[] values = {
            channels,
            window.height(),
            window.width(),
            window.kernelHeight(),
            window.kernelWidth(),
            window.strideHeight(),
            window.strideWidth(),
            window.padTop(),
            window.padLeft(),
            window.padBottom(),
            window.padRight(),
            window.dilationHeight(),
            window.dilationWidth()
        };
        for (int i = 0; i < values.length; i++) {
            attributes.put(NAMES.get(i), values[i]);
        }
    }

    /**
     * Reads windows.
     *
     * @param attributes holds all attributes of windows
     * @return the windows
     * @throws IllegalArgumentException if they do not make sense
     */
    public static SlidingWindow window(Map<String, Integer> attributes) {
        int[] v = NAMES.stream()
                .mapToInt(name -> attributes.getOrDefault(name, 0))
                .toArray();
        boolean roundUp = attributes.getOrDefault(ROUND_UP, 0) != 0;
        return new SlidingWindow(v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], roundUp);
    }
}
