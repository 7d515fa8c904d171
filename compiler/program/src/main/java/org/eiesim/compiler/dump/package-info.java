/** Layers in the file layout of the EIE authors' cycle simulator. Start with {@link org.eiesim.compiler.dump.Dump}. */
@NullMarked
package org.eiesim.compiler.dump;

import org.jspecify.annotations.NullMarked;
