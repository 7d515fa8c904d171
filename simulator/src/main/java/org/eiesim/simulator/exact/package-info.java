/**
 * The engine that yields the clocked machine's record without ticking. Start with
 * {@link org.eiesim.simulator.exact.ExactEngine}; studies that need no outputs with
 * {@link org.eiesim.simulator.exact.ExactTiming}.
 */
@NullMarked
package org.eiesim.simulator.exact;

import org.jspecify.annotations.NullMarked;
