/**
 * Benchmarks of engines and kernels, each beside what a user would otherwise take. Start with
 * {@link org.eiesim.benchmarks.ExactEngineBenchmark}; docs/performance.md says how to run them and what came out.
 */
@NullMarked
package org.eiesim.benchmarks;

import org.jspecify.annotations.NullMarked;
