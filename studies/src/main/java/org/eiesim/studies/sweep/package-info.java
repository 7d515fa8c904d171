/**
 * Many machines on many workloads: a specification in YAML, a table out of it, and a journal so that a sweep survives
 * being killed. Start with {@link org.eiesim.studies.sweep.SweepStudy}.
 */
@NullMarked
package org.eiesim.studies.sweep;

import org.jspecify.annotations.NullMarked;
