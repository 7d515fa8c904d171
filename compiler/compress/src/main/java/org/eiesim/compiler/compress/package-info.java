/**
 * Compressed networks, the four kinds of compression method and their registry. Start with {@link
 * org.eiesim.compiler.recipe.Methods}.
 */
@NullMarked
package org.eiesim.compiler.compress;

import org.jspecify.annotations.NullMarked;
