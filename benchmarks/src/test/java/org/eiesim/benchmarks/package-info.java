/** Smoke runs. Start with {@link org.eiesim.benchmarks.BenchmarkSmokeTest}. */
@NullMarked
package org.eiesim.benchmarks;

import org.jspecify.annotations.NullMarked;
