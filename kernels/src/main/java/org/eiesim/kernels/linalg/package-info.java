/** Dense and sparse products in a fixed order of additions, and selection by magnitude. Start with {@link org.eiesim.kernels.linalg.DenseProduct}. */
@NullMarked
package org.eiesim.kernels.linalg;

import org.jspecify.annotations.NullMarked;
