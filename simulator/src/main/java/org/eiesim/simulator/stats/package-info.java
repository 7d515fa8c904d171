/** Name, unit and meaning of everything a run reports. Start with {@link org.eiesim.simulator.stats.Statistics}. */
@NullMarked
package org.eiesim.simulator.stats;

import org.jspecify.annotations.NullMarked;
