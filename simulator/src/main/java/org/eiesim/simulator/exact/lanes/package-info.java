/**
 * What the exact engine does to all PEs at once, one PE a lane. Start with
 * {@link org.eiesim.simulator.exact.lanes.Lanes}.
 */
@NullMarked
package org.eiesim.simulator.exact.lanes;

import org.jspecify.annotations.NullMarked;
