package org.eiesim.compiler.pass;

/** A bias that goes through the codebook: every value becomes the code of the nearest shared weight. */
final class BiasCodes {
    private BiasCodes() {}

    /**
     * Codes a bias.
     *
     * @param bias the values
     * @param codebook the shared weights, in any order
     * @return for each value the code whose shared weight is nearest, the lower code where two are
     */
    static byte[] nearest(float[] bias, float[] codebook) {
        byte[] codes = new byte[bias.length];
        for (int i = 0; i < bias.length; i++) {
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
