package org.eiesim.kernels.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnEntriesTest {
    @Test
    void listsTheDenseMatrixColumnByColumn() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int numRows = 1 + random.nextInt(150);
            int numColumns = 1 + random.nextInt(40);
            byte[] dense = new byte[numRows * numColumns];
            for (int i = 0; i < dense.length; i++) {
                // Sparse enough for padding, with codes that are negative as bytes.
                dense[i] = (byte) (random.nextInt(12) == 0 ? 1 + random.nextInt(255) : 0);
            }
            ColumnEntries entries = ColumnEntries.of(InterleavedCscBuilder.build(
                    dense, numRows, numColumns, 1 + random.nextInt(9), 1 + random.nextInt(4)));

            int entry = 0;
            for (int column = 0; column < numColumns; column++) {
                assertThat(entries.starts()[column]).as("seed %d", seed).isEqualTo(entry);
                for (int row = 0; row < numRows; row++) {
                    byte code = dense[row * numColumns + column];
                    if (code != 0) {
                        assertThat(entries.rows()[entry]).as("seed %d", seed).isEqualTo(row);
                        assertThat(entries.codes()[entry]).as("seed %d", seed).isEqualTo(code);
                        entry++;
                    }
                }
            }
            assertThat(entries.starts()[numColumns]).isEqualTo(entry);
            assertThat(entries.rows()).hasSize(entry);
        }
    }
}
