/** Known networks by name, with seeded random weights. Start with {@link org.eiesim.models.zoo.Zoo}. */
@NullMarked
package org.eiesim.models.zoo;

import org.jspecify.annotations.NullMarked;
