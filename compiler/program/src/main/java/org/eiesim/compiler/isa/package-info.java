/** The instruction set, written down once. Start with {@link org.eiesim.compiler.isa.Opcode}. */
@NullMarked
package org.eiesim.compiler.isa;

import org.jspecify.annotations.NullMarked;
