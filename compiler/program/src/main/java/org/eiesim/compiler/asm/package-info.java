/** Programs as text and back. Start with {@link org.eiesim.compiler.asm.Disassembler}, whose javadoc shows the text. */
@NullMarked
package org.eiesim.compiler.asm;

import org.jspecify.annotations.NullMarked;
