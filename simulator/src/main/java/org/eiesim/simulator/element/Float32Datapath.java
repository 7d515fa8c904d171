package org.eiesim.simulator.element;

/** Single precision; product and sum are rounded apart. */
final class Float32Datapath implements Datapath {
    private final float[] codebook;

    Float32Datapath(float[] codebook) {
        this.codebook = codebook;
    }

    @Override
    public int weight(int code) {
        return Float.floatToRawIntBits(codebook[code]);
    }

    @Override
    public int multiply(int weight, int activation) {
        return Float.floatToRawIntBits(Float.intBitsToFloat(weight) * Float.intBitsToFloat(activation));
    }

    @Override
    public int add(int accumulator, int product) {
        return Float.floatToRawIntBits(Float.intBitsToFloat(accumulator) + Float.intBitsToFloat(product));
    }

    @Override
    public long takeSaturations() {
        return 0;
    }
}
