/** Pruning. Start with {@link org.eiesim.compiler.compress.prune.MagnitudePrune}. */
@NullMarked
package org.eiesim.compiler.compress.prune;

import org.jspecify.annotations.NullMarked;
