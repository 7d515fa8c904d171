package org.eiesim.compiler.target;

/**
 * Which convolutions of 3x3 at stride 1, without dilation and groups, become 16 products over the channels. Source: EIE VII.
 */
public enum WinogradUse {
    /** None: the program has the network's own weights. */
    NEVER,
    /** Those that are estimated to take fewer cycles so. */
    AUTO,
    /** All. */
    ALWAYS
}
