/** Weight sharing and quantization. Start with {@link org.eiesim.compiler.compress.quantize.ShareWeights}. */
@NullMarked
package org.eiesim.compiler.compress.quantize;

import org.jspecify.annotations.NullMarked;
