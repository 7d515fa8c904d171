package org.eiesim.compiler.ir;

import org.eiesim.kernels.sparse.InterleavedCsc;
import org.jspecify.annotations.Nullable;

/**
 * The part of a row tile that one product computes.
 *
 * @param firstColumn first column of the group's matrix
 * @param numInputs columns, the bias not counted
 * @param biasColumn whether the bias is one more column
 * @param matrix the encoded weights, once there are any
 */
public record ColumnTile(
        int firstColumn,
        int numInputs,
        boolean biasColumn,
        @Nullable InterleavedCsc matrix) {}
