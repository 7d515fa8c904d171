package org.eiesim.models.train;

/** Derives seeds from seeds, so that every random choice has one of its own. */
public final class Seeds {
    private Seeds() {}

    /**
     * Derives a seed: two rounds of SplitMix64's finalizer over the parent and the index.
     *
     * @param parent the parent seed
     * @param index which child
     * @return the child's seed
     */
    public static long derive(long parent, long index) {
        return mix(mix(parent + 0x9E3779B97F4A7C15L) ^ (index * 0xD1342543DE82EF95L));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
