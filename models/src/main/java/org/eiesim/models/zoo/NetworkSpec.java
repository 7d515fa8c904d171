package org.eiesim.models.zoo;

import org.eiesim.models.network.Shape;

/**
 * What every network of the zoo is made from.
 *
 * @param name the name asked for
 * @param input the shape of one sample
 * @param numClasses number of outputs
 * @param dropoutRate rate of the dropout after hidden layers, 0 for none
 * @param seed of the weights
 */
record NetworkSpec(String name, Shape input, int numClasses, double dropoutRate, long seed) {}
