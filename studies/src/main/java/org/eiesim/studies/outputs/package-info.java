/**
 * What commands write, and what may be written over. Start with {@link org.eiesim.studies.outputs.OutputKind}.
 */
@NullMarked
package org.eiesim.studies.outputs;

import org.jspecify.annotations.NullMarked;
