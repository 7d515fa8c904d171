package org.eiesim.compiler.container;

import java.util.List;
import org.eiesim.compiler.sections.FileFormat;

/**
 * The compressed container, {@code .eie}: one network whose weight tensors are stored as shared weights with relative
 * indices, Huffman-coded. It is a {@link org.eiesim.compiler.sections.SectionedFile}, so that every flipped bit,
 * missing byte and appended byte is found by a checksum and named. Its sections, in this order:
 *
 * <pre>
 * network     the graph: inputs, nodes with attributes and tensor shapes, outputs     once
 * parameters  the float32 values of every tensor that no layer section holds          once
 * layer       one shared-weight tensor                                                one per such tensor, in node order
 * provenance  where the network comes from                                            once
 * signature   names, types and batch of inputs and outputs                            once, or absent where they are plain
 * </pre>
 *
 * <p>Bytes ({@code varint} and {@code string} as in a sectioned file; {@code f32} is a finite little-endian float32):
 *
 * <pre>
 * network    := name:string numInputs:varint (name:string shape){numInputs}
 *               numNodes:varint (kind:u8 name:string attributes){numNodes}
 *               numOutputs:varint value{numOutputs}
 * shape      := rank:varint extent:varint{rank}                             rank &lt;= 8
 * value      := varint: how many values back it was defined (1 = the last one); network inputs come first, then nodes
 * tensor     := form:u8 extent:varint{form / 4}      form % 4: 0 absent, 1 in parameters, 2 in the next layer section
 * attributes := see {@link NodeCodecs}: values, tensors, numbers in a fixed order for each kind of node
 *
 * parameters := dense | sparse, for each tensor of form 1 in graph order
 * dense      := 0:u8 f32{size}
 * sparse     := (1 + order):u8 count:varint bits{ gap:golomb(order){count} } f32{count}
 *                                                   gap: zeros (all bits 0) since the previous value stored
 *
 * layer      := scan:u8 (codebookSize - 1):u8 f32{codebookSize - 1} numEntries:varint bits{ stream }
 * scan       := (indexBits - 1) + 16 * columnMajor  entry 0 of the codebook is 0 and not stored
 * stream     := nothing if numEntries is 0, else
 *               alphabet(codebookSize) alphabet(2^indexBits) codeWord{numEntries} indexWord{numEntries}
 * alphabet(n):= (used - 1):golomb(4) (gap:golomb(0) length){used}           see {@link CodeLengths}
 *
 * provenance := source:string seed:i64 toolVersion:string recipe:text
 * signature  := facet{numInputs} facet{numOutputs}
 * facet      := name:string type:u8 rank:varint (extent:varint name:string){rank} (batchAxis + 1):varint (mergedAxis + 1):varint
 *               type as in ONNX; extent 0 is open; 0 for an axis that is not there
 * text       := 0:u8 string | 1:u8 numBytes:varint bits{ alphabet(256) word{numBytes} }      whichever is shorter
 * bits{..}   := bits, first bit least significant, filled up with zero bits to a whole byte
 * golomb(k)  := exponential Golomb code of order k, see {@link ExpGolomb}
 * </pre>
 *
 * <p>An entry is EIE's: a codebook index and the number of zeros before it, counted along the whole tensor in scan
 * order; a run of more than {@code 2^indexBits - 1} zeros is broken by padding entries (code 0, index
 * {@code 2^indexBits - 1}). Zeros after the last entry are not stored. The two words of an entry are canonical Huffman
 * codes of at most {@link #MAX_WORD_BITS} bits; an alphabet of which one symbol occurs takes no bits in the stream.
 * Index width and scan order are those that make the section smallest (at equal size: the narrower index, then
 * row-major), so that the same network always gives the same bytes.
 *
 * <p>Nothing in a file is trusted: see {@link EieReader}. Source: Deep Compression sections 2 to 4, EIE III-B.
 */
public final class EieFormat {
    /** The version written, and the newest read. */
    public static final int VERSION = 1;

    /** The longest Huffman word of codes, indices and text. */
    public static final int MAX_WORD_BITS = 24;

    /** The widest relative index. */
    public static final int MAX_INDEX_BITS = 16;

    /** The most axes a shape may have. */
    static final int MAX_RANK = 8;

    static final int NETWORK = 0;
    static final int PARAMETERS = 1;
    static final int LAYER = 2;
    static final int PROVENANCE = 3;
    static final int SIGNATURE = 4;

    static final FileFormat FILE = new FileFormat(
            ".eie", "EIE1", VERSION, List.of("network", "parameters", "layer", "provenance", "signature"));

    private EieFormat() {}
}
