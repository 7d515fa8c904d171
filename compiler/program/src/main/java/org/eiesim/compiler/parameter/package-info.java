/**
 * Parameters of machines, of compression methods and of sweeps, each declared once: its name, what it takes, its default
 * and its meaning. Readers, messages, documentation and JSON Schema follow from the declaration. Start with {@link
 * org.eiesim.compiler.parameter.Parameter}.
 */
@NullMarked
package org.eiesim.compiler.parameter;

import org.jspecify.annotations.NullMarked;
