package org.eiesim.studies.simulation;

/**
 * A memory that a dump's layer exceeds. The layer runs all the same, as one product: the authors size memories to the
 * layer.
 *
 * @param layer the layer
 * @param parameter key of the machine's parameter that sets the memory's size
 * @param needed the value of the parameter that would hold the layer
 * @param available the machine's value
 */
public record OverCapacity(String layer, String parameter, long needed, long available) {}
