/** Lowering: from a compressed network to a program. Start with {@link org.eiesim.compiler.pass.Lowering}. */
@NullMarked
package org.eiesim.compiler.pass;

import org.jspecify.annotations.NullMarked;
