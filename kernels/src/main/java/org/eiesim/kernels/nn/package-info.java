/** What a network computes beside its products: windows, pooling, normalisation, activation functions, gates. Start with {@link org.eiesim.kernels.nn.Im2Col}. */
@NullMarked
package org.eiesim.kernels.nn;

import org.jspecify.annotations.NullMarked;
