/** A program for the machine and its file, .eiex. Start with {@link org.eiesim.compiler.program.Program}. */
@NullMarked
package org.eiesim.compiler.program;

import org.jspecify.annotations.NullMarked;
