/** The command line: one class per command, listed in {@link org.eiesim.cli.Commands}. Start with {@link org.eiesim.cli.Main}. */
@NullMarked
package org.eiesim.cli;

import org.jspecify.annotations.NullMarked;
