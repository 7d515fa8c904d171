/**
 * ONNX files in and out, one class per family of operators. Start with {@link org.eiesim.models.onnx.OnnxReader}; the
 * table of what it understands is {@code Operators}.
 */
@NullMarked
package org.eiesim.models.onnx;

import org.jspecify.annotations.NullMarked;
