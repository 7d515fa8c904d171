/** Writing files so that none is ever half-written. Start with {@link org.eiesim.kernels.files.AtomicFiles}. */
@NullMarked
package org.eiesim.kernels.files;

import org.jspecify.annotations.NullMarked;
