@NullMarked
package org.eiesim.studies.sweep;

import org.jspecify.annotations.NullMarked;
