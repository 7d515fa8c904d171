/** Holds the generated parts of the documentation against the code they come from. */
@NullMarked
package org.eiesim.simulator.docs;

import org.jspecify.annotations.NullMarked;
