/**
 * The lanes on vector instructions. Compiled apart, because it needs {@code jdk.incubator.vector}, and loaded by name
 * where that module is present. Start with {@link org.eiesim.simulator.exact.vector.VectorLanes}.
 */
@NullMarked
package org.eiesim.simulator.exact.vector;

import org.jspecify.annotations.NullMarked;
