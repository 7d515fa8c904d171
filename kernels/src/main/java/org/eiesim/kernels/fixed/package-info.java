/** Fixed-point formats and arithmetic. Start with {@link org.eiesim.kernels.fixed.QFormat}. */
@NullMarked
package org.eiesim.kernels.fixed;

import org.jspecify.annotations.NullMarked;
