/**
 * The functional reference: what a product computes, without time. Start with
 * {@link org.eiesim.simulator.functional.FunctionalEngine}.
 */
@NullMarked
package org.eiesim.simulator.functional;

import org.jspecify.annotations.NullMarked;
