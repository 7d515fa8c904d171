/** Tests of the exact engine. Start with {@link org.eiesim.simulator.exact.ExactAgainstClockedTest}. */
@NullMarked
package org.eiesim.simulator.exact;

import org.jspecify.annotations.NullMarked;
