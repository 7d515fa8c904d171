package org.eiesim.compiler.target;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen of what the passes of lowering offer. Each pass declares its options, with names, texts and defaults.
 *
 * @param choices by the option's name; an option that is not among them has its default
 * @param profile how often inputs are live, for {@link Placement#BALANCED_LIVE}; else not looked at
 */
public record LoweringOptions(
        Map<String, Enum<?>> choices, @Nullable LiveProfile profile) {
    /** Nothing chosen: EIE's way. */
    public static final LoweringOptions DEFAULTS = new LoweringOptions(Map.of(), null);

    /** Copies the map. */
    public LoweringOptions {
        choices = Map.copyOf(choices);
    }

    /**
     * Returns the options with one more choice.
     *
     * @param option the option's name
     * @param choice what is chosen
     * @return the changed options
     */
    public LoweringOptions with(String option, Enum<?> choice) {
        Map<String, Enum<?>> more = new TreeMap<>(choices);
        more.put(option, choice);
        return new LoweringOptions(more, profile);
    }

    /**
     * Returns the options with a profile.
     *
     * @param measured how often inputs are live, or null where it was not measured
     * @return the changed options
     */
    public LoweringOptions with(@Nullable LiveProfile measured) {
        return new LoweringOptions(choices, measured);
    }
}
