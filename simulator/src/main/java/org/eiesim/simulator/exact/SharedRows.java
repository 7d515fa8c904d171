package org.eiesim.simulator.exact;

import org.eiesim.kernels.sparse.ColumnEntries;
import org.eiesim.simulator.machine.ProductImage;
import org.jspecify.annotations.Nullable;

/** The row layout of a product, made when the first block of vectors is run and shared by all forks. */
final class SharedRows {
    private final ProductImage image;
    private @Nullable RowLayout layout;

    SharedRows(ProductImage image) {
        this.image = image;
    }

    synchronized RowLayout get() {
        RowLayout made = layout;
        if (made == null) {
            made = RowLayout.of(
                    ColumnEntries.of(image.matrix()), image.matrix().numRows(), image.numInputs(), image.biasColumn());
            layout = made;
        }
        return made;
    }

    float[] codebook() {
        return image.codebook();
    }

    int numInputs() {
        return image.numInputs();
    }

    int numRows() {
        return image.matrix().numRows();
    }
}
