/**
 * A run's results as one HTML file that needs nothing else. Start with {@link org.eiesim.studies.report.RunReport}.
 */
@NullMarked
package org.eiesim.studies.report;

import org.jspecify.annotations.NullMarked;
