/**
 * The machine as the hardware is drawn: components joined by latches, evaluated and advanced each cycle. Start with
 * {@link org.eiesim.simulator.clocked.ClockedEngine}; {@code ProcessingArray} shows what is joined to what.
 */
@NullMarked
package org.eiesim.simulator.clocked;

import org.jspecify.annotations.NullMarked;
