/**
 * Layers to simulate where no trained network is at hand. Start with {@link org.eiesim.studies.workload.EieLayers}.
 */
@NullMarked
package org.eiesim.studies.workload;

import org.jspecify.annotations.NullMarked;
