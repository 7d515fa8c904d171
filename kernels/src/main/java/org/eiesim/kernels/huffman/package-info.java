/** Canonical Huffman coding with a length limit. Start with {@link org.eiesim.kernels.huffman.HuffmanCode}. */
@NullMarked
package org.eiesim.kernels.huffman;

import org.jspecify.annotations.NullMarked;
