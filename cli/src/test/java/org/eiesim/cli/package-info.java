/** Tests of the command line: {@link org.eiesim.cli.CliRun} runs it in this process. */
@NullMarked
package org.eiesim.cli;

import org.jspecify.annotations.NullMarked;
