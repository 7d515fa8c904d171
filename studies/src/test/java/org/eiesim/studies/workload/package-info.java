/** Tests of the synthetic layers. Start with {@link org.eiesim.studies.workload.SyntheticLayerTest}. */
@NullMarked
package org.eiesim.studies.workload;

import org.jspecify.annotations.NullMarked;
