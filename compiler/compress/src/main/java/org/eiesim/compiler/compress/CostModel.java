package org.eiesim.compiler.compress;

/**
 * What a search wants to be small: file bytes, or a machine's cycles or energy. Models of machines are implemented where
 * the simulator is known.
 */
public interface CostModel {
    /**
     * Returns what is counted.
     *
     * @return the unit, such as "cycles"
     */
    String unit();

    /**
     * Computes the cost of a candidate.
     *
     * @param candidate the compressed network
     * @return its cost per input, at least 0; the same candidate has the same cost
     */
    double cost(CompressedNetwork candidate);
}
