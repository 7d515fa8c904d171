/** What leaves the compiler in formats of others. Start with {@link org.eiesim.compiler.export.LayerExport}. */
@NullMarked
package org.eiesim.compiler.export;

import org.jspecify.annotations.NullMarked;
