package org.eiesim.simulator.machine;

import org.eiesim.compiler.program.LayerInfo;

/**
 * What one layer did over all inputs of a run.
 *
 * @param layer the layer
 * @param events its products' events, summed over tiles, vectors and inputs; saturations include those of loading inputs
 *     and biases and of rounding outputs
 * @param transfers what was moved for it, the program's setup not counted
 * @param maxOutput the largest magnitude among its outputs
 * @param outputDigest a sum of hashes over all its outputs and their places: the same in two runs that agree in every
 *     bit of every output, and else different but for a chance of about 2^-64
 */
public record LayerRun(
        LayerInfo layer, EventRecord events, TransferCounts transfers, double maxOutput, long outputDigest) {}
