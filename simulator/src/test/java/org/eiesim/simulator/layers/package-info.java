/** Layers for tests: reference dumps and seeded random ones, and the formulas they are checked by. */
@NullMarked
package org.eiesim.simulator.layers;

import org.jspecify.annotations.NullMarked;
