/** Searches for the numbers of other methods. Start with {@link org.eiesim.compiler.compress.search.SensitivityScan}. */
@NullMarked
package org.eiesim.compiler.compress.search;

import org.jspecify.annotations.NullMarked;
