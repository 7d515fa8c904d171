package org.eiesim.compiler.container;

import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.sections.SectionReader;
import org.eiesim.compiler.sections.SectionWriter;
import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.RelativeIndex;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;

/** Writes and reads a layer section of {@link EieFormat}. */
final class LayerCodec {
    private static final int INDEX_BITS_MASK = 0xF;
    private static final int COLUMN_MAJOR = 0x10;

    private LayerCodec() {}

    /**
     * A layer as it was read.
     *
     * @param layer the layer
     * @param encoding how it was coded
     */
    record Decoded(CompressedLayer layer, LayerEncoding encoding) {}

    static byte[] write(CompressedLayer layer) {
        LayerEncoding encoding = EncodingSearch.smallest(layer);
        boolean columnMajor = encoding.scanOrder() == ScanOrder.COLUMN_MAJOR;
        SectionWriter out = new SectionWriter();
        out.writeByte(encoding.indexBits() - 1 | (columnMajor ? COLUMN_MAJOR : 0));
        out.writeByte(layer.codebook().length - 1);
        for (int code = 1; code < layer.codebook().length; code++) {
            out.writeFloat(layer.codebook()[code]);
        }
        out.writeVarint(encoding.numEntries());
        if (encoding.numEntries() > 0) {
            byte[] scanned = Scan.toScanOrder(layer.codes(), layer.shape(), encoding.scanOrder());
            RelativeIndex.Entries entries = RelativeIndex.encode(scanned, 0, scanned.length, encoding.indexBits());
            out.writeBytes(stream(layer, entries, encoding.indexBits()));
        }
        return out.toByteArray();
    }

    private static byte[] stream(CompressedLayer layer, RelativeIndex.Entries entries, int indexBits) {
        long[] codeFrequencies = new long[layer.codebook().length];
        long[] indexFrequencies = new long[1 << indexBits];
        for (int entry = 0; entry < entries.count(); entry++) {
            codeFrequencies[entries.codes()[entry] & 0xFF]++;
            indexFrequencies[entries.zeroCounts()[entry] & 0xFFFF]++;
        }
        EntryCode codes = EntryCode.of(codeFrequencies);
        EntryCode indices = EntryCode.of(indexFrequencies);
        BitWriter bits = new BitWriter();
        codes.writeAlphabet(bits);
        indices.writeAlphabet(bits);
        codes.write(entries.codes(), bits);
        indices.write(entries.zeroCounts(), bits);
        return bits.toByteArray();
    }

    static Decoded read(SectionReader in, ParameterKey key, Shape shape, MemoryBudget budget) throws FormatException {
        int scan = in.readByte("scan");
        if (scan >= 2 * COLUMN_MAJOR) {
            throw in.error("unknown scan " + scan);
        }
        ScanOrder order = (scan & COLUMN_MAJOR) != 0 ? ScanOrder.COLUMN_MAJOR : ScanOrder.ROW_MAJOR;
        float[] codebook = readCodebook(in);
        int numEntries = in.readVarint("number of entries", 0, shape.size());
        EntryStream stream = new EntryStream(codebook.length, (scan & INDEX_BITS_MASK) + 1, numEntries);

        // What stays: one code a position. What goes: three bytes an entry, and the codes in scan order.
        int scanCopies = order == ScanOrder.COLUMN_MAJOR ? 1 : 0;
        budget.reserve(in, "layer " + key.layerName(), shape.size(), 1);
        budget.reserve(in, "the entries of layer " + key.layerName(), numEntries, 1 + Short.BYTES);
        budget.reserve(in, "the scan of layer " + key.layerName(), shape.size(), 1 + scanCopies);
        byte[] scanned = new byte[shape.size()];
        if (numEntries > 0) {
            new BitSection(in, "entries").read(bits -> stream.read(bits, scanned));
        }
        in.requireEnd();
        byte[] codes = Scan.fromScanOrder(scanned, shape, order);
        budget.release(numEntries, 1 + Short.BYTES);
        budget.release(shape.size(), 1 + scanCopies);
        CompressedLayer layer = new CompressedLayer(key, shape, codebook, codes);
        return new Decoded(layer, stream.encoding(order));
    }

    private static float[] readCodebook(SectionReader in) throws FormatException {
        int last = in.readByte("size of the codebook");
        if (last == 0) {
            throw in.error("a codebook has 2..256 entries, not 1");
        }
        float[] stored = in.readFiniteFloats(last, "codebook");
        float[] codebook = new float[last + 1];
        System.arraycopy(stored, 0, codebook, 1, last);
        return codebook;
    }

    /** The bits of one layer's entries while they are read. */
    private static final class EntryStream {
        private final int codebookSize;
        private final int indexBits;
        private final int numEntries;
        private int numPadding;
        private long alphabetBits;
        private long codeWordBits;
        private long indexWordBits;

        EntryStream(int codebookSize, int indexBits, int numEntries) {
            this.codebookSize = codebookSize;
            this.indexBits = indexBits;
            this.numEntries = numEntries;
        }

        void read(BitReader bits, byte[] scanned) throws FormatException {
            EntryCode codeWords = EntryCode.read(bits, codebookSize);
            EntryCode indexWords = EntryCode.read(bits, 1 << indexBits);
            alphabetBits = bits.bitPosition();
            byte[] codes = new byte[numEntries];
            codeWords.read(bits, codes);
            codeWordBits = bits.bitPosition() - alphabetBits;
            short[] indices = new short[numEntries];
            indexWords.read(bits, indices);
            indexWordBits = bits.bitPosition() - alphabetBits - codeWordBits;
            for (byte code : codes) {
                numPadding += code == 0 ? 1 : 0;
            }
            RelativeIndex.decode(new RelativeIndex.Entries(codes, indices), indexBits, scanned, 0, scanned.length);
        }

        LayerEncoding encoding(ScanOrder order) {
            return new LayerEncoding(
                    order,
                    indexBits,
                    numEntries,
                    numPadding,
                    32L * (codebookSize - 1),
                    alphabetBits,
                    codeWordBits,
                    indexWordBits);
        }
    }
}
