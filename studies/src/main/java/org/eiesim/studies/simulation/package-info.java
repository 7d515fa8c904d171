/**
 * Whole runs of the machine: what is run, on which inputs, and the result as JSON. Start with
 * {@link org.eiesim.studies.simulation.Simulation}.
 */
@NullMarked
package org.eiesim.studies.simulation;

import org.jspecify.annotations.NullMarked;
