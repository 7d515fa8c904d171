/**
 * What a run costs in energy and a machine in area: counts of events times tables of published figures. Start with
 * {@link org.eiesim.simulator.energy.EnergyModel}.
 */
@NullMarked
package org.eiesim.simulator.energy;

import org.jspecify.annotations.NullMarked;
