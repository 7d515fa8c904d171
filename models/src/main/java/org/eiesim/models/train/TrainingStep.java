package org.eiesim.models.train;

/**
 * Where training stands.
 *
 * @param epoch the current epoch, from 0
 * @param index updates made before this one, in all epochs
 * @param total updates training will make
 * @param seed a seed of this step alone, for random choices made in it
 */
public record TrainingStep(int epoch, long index, long total, long seed) {
    /**
     * Returns the part of all updates already made.
     *
     * @return 0 &le; progress &lt; 1
     */
    public double progress() {
        return (double) index / total;
    }
}
