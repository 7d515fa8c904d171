/**
 * Turns JMH's JSON results into the tables and the plot of docs/performance.md. Start with
 * {@link org.eiesim.benchmarks.report.PerformanceReport}.
 */
@NullMarked
package org.eiesim.benchmarks.report;

import org.jspecify.annotations.NullMarked;
