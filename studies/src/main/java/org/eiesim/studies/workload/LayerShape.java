package org.eiesim.studies.workload;

/**
 * The size of a fully connected layer and how many of its numbers are not zero.
 *
 * @param name what the layer is called
 * @param numInputs inputs
 * @param numOutputs outputs
 * @param weightDensity share of the weights that are not zero, 0..1
 * @param liveDensity share of the inputs that are not zero, 0..1
 * @param biased whether the outputs have biases; without, the bias column is broadcast but empty
 */
public record LayerShape(
        String name, int numInputs, int numOutputs, double weightDensity, double liveDensity, boolean biased) {
    /** Checks the ranges. */
    public LayerShape {
        if (numInputs < 1 || numOutputs < 1) {
            throw new IllegalArgumentException(name + ": " + numInputs + " inputs, " + numOutputs + " outputs");
        }
        if (!(weightDensity >= 0 && weightDensity <= 1) || !(liveDensity >= 0 && liveDensity <= 1)) {
            throw new IllegalArgumentException(name + ": densities " + weightDensity + " and " + liveDensity);
        }
    }

    /**
     * Returns this layer with another share of live inputs.
     *
     * @param density 0..1
     * @return another layer of the same name
     */
    public LayerShape withLiveDensity(double density) {
        return new LayerShape(name, numInputs, numOutputs, weightDensity, density, biased);
    }
}
