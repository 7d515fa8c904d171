/** The tool's own files, told apart. Start with {@link org.eiesim.studies.files.FileKind}. */
@NullMarked
package org.eiesim.studies.files;

import org.jspecify.annotations.NullMarked;
