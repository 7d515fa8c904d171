/** Checks of arguments that every kernel shares. Start with {@link org.eiesim.kernels.check.Ranges}. */
@NullMarked
package org.eiesim.kernels.check;

import org.jspecify.annotations.NullMarked;
