/**
 * What studies run: the layers of the EIE paper, dumps, and networks with inputs. Start with {@link
 * org.eiesim.studies.workload.EieLayers} and {@link org.eiesim.studies.workload.Workload}.
 */
@NullMarked
package org.eiesim.studies.workload;

import org.jspecify.annotations.NullMarked;
