/** Training by the example of another network. Start with {@link org.eiesim.compiler.compress.distill.Distillation}. */
@NullMarked
package org.eiesim.compiler.compress.distill;

import org.jspecify.annotations.NullMarked;
