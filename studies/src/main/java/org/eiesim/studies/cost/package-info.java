/** The simulator as the compiler's cost model. Start with {@link org.eiesim.studies.cost.MachineCosts}. */
@NullMarked
package org.eiesim.studies.cost;

import org.jspecify.annotations.NullMarked;
