/**
 * Networks in the formats of others: Deep Compression's released files, folders of NumPy arrays, the weights of the
 * handwriting demonstration. Start with {@link org.eiesim.models.importers.DeepCompressionNet}.
 */
@NullMarked
package org.eiesim.models.importers;

import org.jspecify.annotations.NullMarked;
