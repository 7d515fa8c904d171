package org.eiesim.compiler.target;

import org.jspecify.annotations.Nullable;

/**
 * What lowering may choose.
 *
 * @param placement which PE owns which row; the program computes the same with any
 * @param winograd which convolutions become 16 products, whose weights are shared anew: in float32 the program computes the
 *     same but for rounding where their values fit a codebook, else about the same
 * @param profile how often inputs are live, for {@link Placement#BALANCED_LIVE}; else not looked at
 */
public record LoweringOptions(
        Placement placement, WinogradUse winograd, @Nullable LiveProfile profile) {
    /** EIE's way. */
    public static final LoweringOptions DEFAULTS = new LoweringOptions(Placement.INTERLEAVED, null);

    /**
     * Makes options without Winograd's convolution.
     *
     * @param placement which PE owns which row
     * @param profile how often inputs are live
     */
    public LoweringOptions(Placement placement, @Nullable LiveProfile profile) {
        this(placement, WinogradUse.NEVER, profile);
    }
}
