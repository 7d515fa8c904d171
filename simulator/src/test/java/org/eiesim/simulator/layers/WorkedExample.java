package org.eiesim.simulator.layers;

import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.machine.ProductImage;

/**
 * Figures 2 and 3 of the EIE paper: a 16 x 8 matrix over 4 PEs, of which the paper lists PE 0's memory. The other PEs
 * are left empty. The weight of PE 0's e-th entry is code e + 1.
 */
public final class WorkedExample {
    private static final int NUM_COLUMNS = 8;

    private WorkedExample() {}

    public static ProductImage image() {
        int[] starts = {0, 3, 4, 6, 6, 8, 10, 11, 13};
        byte[] codes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
        short[] relativeIndices = {0, 1, 0, 1, 0, 2, 0, 0, 0, 2, 0, 2, 0};
        int[] none = new int[NUM_COLUMNS + 1];
        InterleavedCsc matrix = new InterleavedCsc(
                16,
                NUM_COLUMNS,
                4,
                4,
                new int[][] {starts, none, none, none},
                new byte[][] {codes, {}, {}, {}},
                new short[][] {relativeIndices, {}, {}, {}});
        float[] codebook = new float[16];
        for (int code = 1; code < codebook.length; code++) {
            codebook[code] = code;
        }
        return new ProductImage(matrix, codebook, NUM_COLUMNS, false);
    }

    public static MachineConfig config() {
        return MachineConfig.defaults().with(Parameters.PES, 4);
    }

    /** Returns (0, 0, a2, 0, a4, a5, 0, a7) with a2 = 1, a4 = 10, a5 = 100, a7 = 1000. */
    public static float[] inputs() {
        return new float[] {0, 0, 1, 0, 10, 100, 0, 1000};
    }

    /**
     * Returns W a: row 0 is W02 a2 + W04 a4 + W05 a5, row 4 W44 a4, row 8 W87 a7, row 12 W12,2 a2 + W12,5 a5 + W12,7 a7.
     */
    public static float[] outputs() {
        float[] outputs = new float[16];
        outputs[0] = 5 + 70 + 900;
        outputs[4] = 80;
        outputs[8] = 12_000;
        outputs[12] = 6 + 1000 + 13_000;
        return outputs;
    }
}
