/**
 * The whole way from data to simulated cycles in one call. Start with {@link
 * org.eiesim.studies.quickstart.Quickstart}.
 */
@NullMarked
package org.eiesim.studies.quickstart;

import org.jspecify.annotations.NullMarked;
