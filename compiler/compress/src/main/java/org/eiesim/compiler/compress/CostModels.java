package org.eiesim.compiler.compress;

/**
 * Makes the cost models of one machine. The compiler knows none; whoever knows the simulator gives it to the recipe that
 * is run.
 */
public interface CostModels {
    /** What a machine's cost is counted in. */
    enum Measure {
        /** Clock cycles. */
        CYCLES,
        /** Picojoules, leakage not counted. */
        ENERGY
    }

    /** Knows no machine. */
    CostModels NONE = new CostModels() {
        @Override
        public CostModel sampled(Measure measure, float[] inputs, int numInputs) {
            throw noMachine(measure);
        }

        @Override
        public CostModel expected(Measure measure, double liveDensity, long seed) {
            throw noMachine(measure);
        }

        private static IllegalArgumentException noMachine(Measure measure) {
            return new IllegalArgumentException(
                    "no machine is given that a cost in " + measure + " could be that of;" + " cost: bytes needs none");
        }
    };

    /**
     * Makes the exact model: candidates run on the machine with sample inputs, their own activations being live.
     *
     * @param measure what is counted
     * @param inputs {@code [numInputs][values]} finite inputs of the network; owned, not copied
     * @param numInputs how many, &ge; 1
     * @return cost per input
     * @throws IllegalArgumentException if there is no machine
     */
    CostModel sampled(Measure measure, float[] inputs, int numInputs);

    /**
     * Makes a fast model: the inputs of every layer are live with a probability, independently.
     *
     * @param measure what is counted
     * @param liveDensity the probability, 0..1
     * @param seed what they are drawn from
     * @return expected cost per input
     * @throws IllegalArgumentException if there is no machine
     */
    CostModel expected(Measure measure, double liveDensity, long seed);
}
