package org.eiesim.compiler.ir;

import org.jspecify.annotations.Nullable;

/**
 * What lowering may choose freely: the program computes the same with any of it.
 *
 * @param placement which PE owns which row
 * @param profile how often inputs are live, for {@link Placement#BALANCED_LIVE}; else not looked at
 */
public record LoweringOptions(Placement placement, @Nullable LiveProfile profile) {
    /** EIE's way. */
    public static final LoweringOptions DEFAULTS = new LoweringOptions(Placement.INTERLEAVED, null);
}
