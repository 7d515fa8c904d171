/** Recipes: what is done to a network, as YAML. Start with {@link org.eiesim.compiler.recipe.Recipe}. */
@NullMarked
package org.eiesim.compiler.recipe;

import org.jspecify.annotations.NullMarked;
