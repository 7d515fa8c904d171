/** Compressed networks and the four kinds of compression method. Start with {@link org.eiesim.compiler.compress.CompressedNetwork}. */
@NullMarked
package org.eiesim.compiler.compress;

import org.jspecify.annotations.NullMarked;
