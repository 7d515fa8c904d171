/**
 * Datasets and plain number files: idx, NumPy and raw float32. Start with {@link org.eiesim.models.data.Dataset}.
 */
@NullMarked
package org.eiesim.models.data;

import org.jspecify.annotations.NullMarked;
