/** What every engine takes and yields. Start with {@link org.eiesim.simulator.machine.Engine}. */
@NullMarked
package org.eiesim.simulator.machine;

import org.jspecify.annotations.NullMarked;
