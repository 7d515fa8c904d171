/**
 * What the clocked machine does cycle by cycle, as VCD for waveform viewers and as Chrome trace events for Perfetto.
 * Start with {@link org.eiesim.simulator.trace.Tracer}, which ticks one product and records a window of it.
 */
@NullMarked
package org.eiesim.simulator.trace;

import org.jspecify.annotations.NullMarked;
