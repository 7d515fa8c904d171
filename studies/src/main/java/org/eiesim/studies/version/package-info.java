/** Which build this is. Start with {@link org.eiesim.studies.version.ToolVersion}. */
@NullMarked
package org.eiesim.studies.version;

import org.jspecify.annotations.NullMarked;
