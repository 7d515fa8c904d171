@NullMarked
package org.eiesim.studies.cost;

import org.jspecify.annotations.NullMarked;
