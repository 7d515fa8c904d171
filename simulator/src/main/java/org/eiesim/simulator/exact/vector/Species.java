package org.eiesim.simulator.exact.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector shapes in use: the widest shorts the processor likes, and bytes for as many lanes. */
final class Species {
    static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED.vectorBitSize() > 512
            ? ShortVector.SPECIES_512
            : ShortVector.SPECIES_PREFERRED;
    static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
    static final int LANES = SHORTS.length();

    private Species() {}

    /** Loads small counts. */
    static ShortVector load(byte[] counts, int offset) {
        return (ShortVector) ByteVector.fromArray(BYTES, counts, offset).convertShape(VectorOperators.B2S, SHORTS, 0);
    }
}
