/** Files made of named, checksummed sections. Start with {@link org.eiesim.compiler.sections.SectionedFile}. */
@NullMarked
package org.eiesim.compiler.sections;

import org.jspecify.annotations.NullMarked;
