/** Networks in other tools' formats. Start with {@link org.eiesim.studies.export.DumpExport}. */
@NullMarked
package org.eiesim.studies.export;

import org.jspecify.annotations.NullMarked;
