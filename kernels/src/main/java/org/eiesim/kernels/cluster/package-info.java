/** One-dimensional clustering of weights. Start with {@link org.eiesim.kernels.cluster.KMeans1d}. */
@NullMarked
package org.eiesim.kernels.cluster;

import org.jspecify.annotations.NullMarked;
