/**
 * Figures of energy and area that a user brings: read from a file, checked, and handed to the energy model. Start with
 * {@link org.eiesim.simulator.figures.OwnFigures}.
 */
@NullMarked
package org.eiesim.simulator.figures;

import org.jspecify.annotations.NullMarked;
