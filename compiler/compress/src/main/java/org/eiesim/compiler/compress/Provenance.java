package org.eiesim.compiler.compress;

/**
 * Where a compressed network comes from.
 *
 * @param source name of the network it was made from
 * @param recipe the recipe's YAML text, empty where there was none
 * @param seed the seed all random choices came from
 * @param toolVersion version of the tool that made it
 */
public record Provenance(String source, String recipe, long seed, String toolVersion) {}
