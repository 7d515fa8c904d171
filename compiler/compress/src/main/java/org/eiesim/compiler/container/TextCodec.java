package org.eiesim.compiler.container;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.compiler.sections.SectionWriter;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;

/**
 * Stores a longer text plain or Huffman-coded over its UTF-8 bytes, whichever is shorter. Deflate would be a little
 * smaller, but its output depends on the zlib a Java runtime comes with, and the same network must give the same bytes.
 */
final class TextCodec {
    private static final int PLAIN = 0;
    private static final int CODED = 1;

    private TextCodec() {}

    static void write(SectionWriter out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        SectionWriter plain = new SectionWriter();
        plain.writeByte(PLAIN);
        plain.writeString(text);
        byte[] shortest = plain.toByteArray();
        if (utf8.length > 0) {
            SectionWriter coded = coded(utf8);
            if (coded.length() < shortest.length) {
                shortest = coded.toByteArray();
            }
        }
        out.writeBytes(shortest);
    }

    private static SectionWriter coded(byte[] utf8) {
        long[] frequencies = new long[256];
        for (byte each : utf8) {
            frequencies[each & 0xFF]++;
        }
        EntryCode code = EntryCode.of(frequencies);
        BitWriter bits = new BitWriter();
        code.writeAlphabet(bits);
        code.write(utf8, bits);
        SectionWriter coded = new SectionWriter();
        coded.writeByte(CODED);
        coded.writeVarint(utf8.length);
        coded.writeBytes(bits.toByteArray());
        return coded;
    }

    static String read(SectionReader in, String what, MemoryBudget budget) throws FormatException {
        int form = in.readByte("form of " + what);
        if (form == PLAIN) {
            return in.readString(what);
        }
        if (form != CODED) {
            throw in.error(what + " has unknown form " + form);
        }
        int numBytes = in.readVarint("length of " + what, 1, Integer.MAX_VALUE);
        // The decoded bytes, then at most one UTF-16 unit for each of them, twice while the text is built.
        budget.reserve(in, what, numBytes, 1 + 2 * Character.BYTES);
        byte[] utf8 = new byte[numBytes];
        new BitSection(in, what).read(bits -> EntryCode.read(bits, 256).read(bits, utf8));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw in.error(what + " is not UTF-8");
        }
    }
}
