package org.eiesim.kernels.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The layer the EIE authors published, AlexNet's FC8: 4096 inputs, the bias column, 1000 outputs, stored for 64 PEs. The
 * entries after encoding it anew for other PE counts are those of the authors' own encoder.
 */
class AlexNetFc8Test {
    private static final int NUM_PES = 64;
    private static final int NUM_ROWS = 1000;
    private static final int NUM_COLUMNS = 4097;
    private static final int[] PE_COUNTS = {1, 2, 4, 8, 16, 32, 64, 128, 256};
    private static final long[] ENTRIES = {
        1_069_870, 1_068_538, 1_066_663, 1_065_112, 1_062_170, 1_057_327, 1_051_991, 1_051_991, 1_051_991
    };

    private static InterleavedCsc published;

    @BeforeAll
    static void readDump() throws IOException {
        Path folder = findDump();
        Assumptions.assumeTrue(Files.isDirectory(folder), "the published layer is not at hand");
        int[][] starts = new int[NUM_PES][];
        byte[][] codes = new byte[NUM_PES][];
        short[][] relativeIndices = new short[NUM_PES][];
        for (int pe = 0; pe < NUM_PES; pe++) {
            IntBuffer pointers = ints(folder.resolve("ptr/ptr" + pe + ".dat"));
            starts[pe] = new int[pointers.remaining()];
            pointers.get(starts[pe]);
            IntBuffer pairs = ints(folder.resolve("spm/spm" + pe + ".dat"));
            codes[pe] = new byte[pairs.remaining() / 2];
            relativeIndices[pe] = new short[codes[pe].length];
            for (int entry = 0; entry < codes[pe].length; entry++) {
                codes[pe][entry] = (byte) pairs.get();
                relativeIndices[pe][entry] = (short) pairs.get();
            }
        }
        published = new InterleavedCsc(NUM_ROWS, NUM_COLUMNS, NUM_PES, 4, starts, codes, relativeIndices);
    }

    private static Path findDump() {
        Path root = Path.of(System.getProperty("user.dir"));
        while (root != null && !Files.exists(root.resolveSibling("shared/design.md"))) {
            root = root.getParent();
        }
        Path missing = Path.of("shared/reference/alexnet-fc8");
        return root == null ? missing : root.resolveSibling(missing);
    }

    private static IntBuffer ints(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
    }

    @Test
    void authorsStreamsAreWhatTheBuilderMakes() throws IOException {
        InterleavedCscValidator.validate(published);
        byte[] dense = InterleavedCscDecoder.decode(published);
        InterleavedCsc rebuilt = InterleavedCscBuilder.build(dense, NUM_ROWS, NUM_COLUMNS, NUM_PES, 4);
        assertThat(rebuilt.columnStarts()).isDeepEqualTo(published.columnStarts());
        assertThat(rebuilt.codes()).isDeepEqualTo(published.codes());
        assertThat(rebuilt.relativeIndices()).isDeepEqualTo(published.relativeIndices());
    }

    @Test
    void entriesForEveryPeCountAreTheAuthors() throws IOException {
        byte[] dense = InterleavedCscDecoder.decode(published);
        for (int i = 0; i < PE_COUNTS.length; i++) {
            InterleavedCsc encoded = InterleavedCscBuilder.build(dense, NUM_ROWS, NUM_COLUMNS, PE_COUNTS[i], 4);
            InterleavedCscValidator.validate(encoded);
            assertThat(encoded.numEntries()).as("%d PEs", PE_COUNTS[i]).isEqualTo(ENTRIES[i]);
        }
    }
}
