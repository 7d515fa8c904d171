/** The compressed container .eie: writing, reading, checking and measuring it. Start with {@link org.eiesim.compiler.container.EieFormat}. */
@NullMarked
package org.eiesim.compiler.container;

import org.jspecify.annotations.NullMarked;
