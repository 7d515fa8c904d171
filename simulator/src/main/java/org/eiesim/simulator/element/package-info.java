/**
 * Processing elements as parts: what an entry means, what it costs and in which numbers it computes. Start with
 * {@link org.eiesim.simulator.element.Arithmetic}.
 */
@NullMarked
package org.eiesim.simulator.element;

import org.jspecify.annotations.NullMarked;
