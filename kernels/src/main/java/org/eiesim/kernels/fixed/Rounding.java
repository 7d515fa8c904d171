package org.eiesim.kernels.fixed;

/** How a fixed-point value loses fraction bits. */
public enum Rounding {
    /** To the nearest, ties upwards: {@code (x + 2^(s-1)) >> s}. */
    HALF_UP,
    /** Towards minus infinity: {@code x >> s}. */
    TRUNCATE,
    /** To the nearest, ties to the even neighbour. */
    HALF_EVEN
}
