@NullMarked
package org.eiesim.studies.reproduce;

import org.jspecify.annotations.NullMarked;
