/** EIE's interleaved relative-index compressed sparse columns. Start with {@link org.eiesim.kernels.sparse.InterleavedCsc}. */
@NullMarked
package org.eiesim.kernels.sparse;

import org.jspecify.annotations.NullMarked;
