package org.eiesim.simulator.config;

/**
 * Everything that may vary in the machine. (Skeleton: the parameter table and its validation come with this package.)
 *
 * @param pes processing elements
 */
public record MachineConfig(int pes) {}
