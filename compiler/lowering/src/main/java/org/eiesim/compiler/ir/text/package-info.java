/** Graphs as text and back. Start with {@link org.eiesim.compiler.ir.text.GraphWriter}, whose javadoc has the grammar. */
@NullMarked
package org.eiesim.compiler.ir.text;

import org.jspecify.annotations.NullMarked;
