/** Regularizers as loss terms. Start with {@link org.eiesim.compiler.compress.regularize.NormPenalty}. */
@NullMarked
package org.eiesim.compiler.compress.regularize;

import org.jspecify.annotations.NullMarked;
