package org.eiesim.compiler.pass;

import org.eiesim.compiler.ir.SharedWeights;

/** A bias that goes through the codebook: every value becomes the code of the nearest shared weight. */
final class BiasCodes {
    private BiasCodes() {}

    /**
     * Codes a bias.
     *
     * @param bias the values, one per output
     * @param weights the weights of the outputs
     * @return for each value the code whose shared weight is nearest, the lower code where two are
     */
    static byte[] nearest(float[] bias, SharedWeights weights) {
        byte[] codes = new byte[bias.length];
        for (int i = 0; i < bias.length; i++) {
            float[] codebook = weights.codebookOf(i);
            int best = 0;
            for (int code = 1; code < codebook.length; code++) {
                if (distance(bias[i], codebook[code]) < distance(bias[i], codebook[best])) {
                    best = code;
                }
            }
            codes[i] = (byte) best;
        }
        return codes;
    }

    private static double distance(double a, double b) {
        return Math.abs(a - b);
    }
}
