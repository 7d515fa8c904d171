/** The machine's parameters, declared once. Start with {@link org.eiesim.simulator.config.MachineConfig}. */
@NullMarked
package org.eiesim.simulator.config;

import org.jspecify.annotations.NullMarked;
