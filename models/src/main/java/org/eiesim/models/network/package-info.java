/** The network graph: nodes in execution order, tensors, shapes. Start with {@link org.eiesim.models.network.Network}. */
@NullMarked
package org.eiesim.models.network;

import org.jspecify.annotations.NullMarked;
