/** Fixed-point formats and arithmetic. Start with {@link org.eiesim.kernels.fixed.FixedPoint}. */
@NullMarked
package org.eiesim.kernels.fixed;

import org.jspecify.annotations.NullMarked;
