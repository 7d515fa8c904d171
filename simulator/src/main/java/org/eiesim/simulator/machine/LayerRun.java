package org.eiesim.simulator.machine;

import org.eiesim.compiler.program.LayerInfo;

/**
 * What one layer did over all inputs of a run.
 *
 * @param layer the layer
 * @param events its products' events, summed over tiles, vectors and inputs; saturations include those of loading inputs
 *     and biases and of rounding outputs
 * @param transfers what was moved for it, the program's setup not counted
 * @param streamedMicroseconds the time with its weights streamed from DRAM, where they do not stay on chip: per tile the
 *     longer of its product and the transfer behind it, as the DRAM model of docs/machine.md says; the time of its cycles
 *     where they stay
 * @param outputs how large its outputs were
 * @param outputDigest a sum of hashes over all its outputs and their places: the same in two runs that agree in every
 *     bit of every output, and else different but for a chance of about 2^-64
 */
public record LayerRun(
        LayerInfo layer,
        EventRecord events,
        TransferCounts transfers,
        double streamedMicroseconds,
        Magnitudes outputs,
        long outputDigest) {
    /**
     * Returns the largest magnitude among its outputs.
     *
     * @return 0 where there are none
     */
    public double maxOutput() {
        return outputs.max();
    }
}
