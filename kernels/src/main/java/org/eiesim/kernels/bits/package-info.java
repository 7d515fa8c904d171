/** Bit streams and the error type of every damaged input. Start with {@link org.eiesim.kernels.bits.BitReader}. */
@NullMarked
package org.eiesim.kernels.bits;

import org.jspecify.annotations.NullMarked;
