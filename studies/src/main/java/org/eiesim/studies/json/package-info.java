/** Results as JSON. Start with {@link org.eiesim.studies.json.JsonTree}. */
@NullMarked
package org.eiesim.studies.json;

import org.jspecify.annotations.NullMarked;
