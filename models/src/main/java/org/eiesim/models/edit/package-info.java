/**
 * Changes of a network's graph: nodes replaced, inserted and removed, channels removed with everything that depends on
 * them. Start with {@link org.eiesim.models.edit.NetworkEditor}.
 */
@NullMarked
package org.eiesim.models.edit;

import org.jspecify.annotations.NullMarked;
