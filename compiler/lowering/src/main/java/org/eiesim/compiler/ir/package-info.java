/** What lowering works on. Start with {@link org.eiesim.compiler.ir.Graph}. */
@NullMarked
package org.eiesim.compiler.ir;

import org.jspecify.annotations.NullMarked;
