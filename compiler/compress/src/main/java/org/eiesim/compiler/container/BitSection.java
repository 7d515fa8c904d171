package org.eiesim.compiler.container;

import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.FormatException;

/**
 * A bit stream inside a section: starts at the section's next byte, ends where its last code ends, and is filled up to
 * a whole byte with zero bits. Errors of the codes in it are given the section's name and the offset in the file.
 */
final class BitSection {
    /** Reads the codes of the stream. */
    interface Body {
        void read(BitReader bits) throws FormatException;
    }

    private final SectionReader in;
    private final String what;

    BitSection(SectionReader in, String what) {
        this.in = in;
        this.what = what;
    }

    /** Reads the stream and moves the section's reader behind it. */
    void read(Body body) throws FormatException {
        BitReader bits = new BitReader(in.array(), in.offset(), in.remaining());
        try {
            body.read(bits);
            int fill = (int) -bits.bitPosition() & 7;
            if (bits.read(fill) != 0) {
                throw new FormatException(what, "bits after the last code are not zero");
            }
        } catch (FormatException e) {
            in.skip((int) (bits.bitPosition() / 8), what);
            FormatException located = in.error(what + ": " + e.getMessage());
            located.initCause(e);
            throw located;
        }
        in.skip((int) (bits.bitPosition() / 8), what);
    }
}
