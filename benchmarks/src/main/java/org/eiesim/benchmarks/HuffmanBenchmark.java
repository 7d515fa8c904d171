package org.eiesim.benchmarks;

import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.huffman.HuffmanCode;
import org.eiesim.kernels.huffman.HuffmanDecoder;
import org.eiesim.kernels.huffman.HuffmanEncoder;
import org.eiesim.kernels.sparse.RelativeIndex;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Huffman coding of the two streams of a compressed layer, one symbol a byte, beside {@code java.util.zip} in its
 * Huffman-only mode and beside zstd in Java. {@code symbols} counts symbols a second, which for the others is bytes a
 * second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other.
public class HuffmanBenchmark {
    private static final int MAX_LENGTH_BITS = 15;

    /** {@code codes}: indices of 15 shared weights; {@code indices}: zero counts between them. */
    @Param({"codes", "indices"})
    public String stream;

    /** Symbols in the stream. */
    @Param("4000000")
    public int size;

    private byte[] symbols;
    private byte[] decoded;
    private HuffmanEncoder encoder;
    private HuffmanDecoder decoder;
    private byte[] huffmanBytes;
    private byte[] deflaterBytes;
    private byte[] zstdBytes;
    private int deflaterLength;
    private int zstdLength;
    private byte[] scratch;

    /** Counts symbols. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counter {
        /** Symbols coded or decoded. */
        public long symbols;
    }

    /**
     * Draws the stream and compresses it in all three ways.
     *
     * @throws FormatException if decoding does not give the symbols back
     * @throws DataFormatException if inflating does not
     */
    @Setup
    public void prepare() throws FormatException, DataFormatException {
        RelativeIndex.Entries entries = PrunedWeights.entries(size);
        symbols = new byte[size];
        for (int i = 0; i < size; i++) {
            symbols[i] = stream.equals("codes") ? entries.codes()[i] : (byte) entries.zeroCounts()[i];
        }
        decoded = new byte[size];
        long[] frequencies = new long[256];
        for (byte symbol : symbols) {
            frequencies[symbol & 0xFF]++;
        }
        HuffmanCode code = HuffmanCode.fromFrequencies(frequencies, MAX_LENGTH_BITS);
        encoder = new HuffmanEncoder(code);
        decoder = new HuffmanDecoder(code);
        scratch = new byte[2 * size + 1024];
        huffmanBytes = huffmanEncode(new Counter());
        deflaterLength = deflaterHuffmanOnly(new Counter());
        // The Inflater wants a byte past a stream without a header.
        deflaterBytes = Arrays.copyOf(scratch, deflaterLength + 1);
        zstdLength = zstdEncode(new Counter());
        zstdBytes = Arrays.copyOf(scratch, zstdLength);
        requireSymbols(huffmanDecode(new Counter()));
        requireSymbols(inflater(new Counter()));
        requireSymbols(zstdDecode(new Counter()));
    }

    private void requireSymbols(byte[] actual) {
        if (!Arrays.equals(actual, symbols)) {
            throw new IllegalStateException("decoding changed the symbols");
        }
        Arrays.fill(decoded, (byte) -1);
    }

    /**
     * Encodes with a canonical Huffman code.
     *
     * @param counter counts symbols
     * @return the bits
     */
    @Benchmark
    public byte[] huffmanEncode(Counter counter) {
        BitWriter out = new BitWriter();
        encoder.encode(symbols, 0, size, out);
        counter.symbols += size;
        return out.toByteArray();
    }

    /**
     * Decodes it.
     *
     * @param counter counts symbols
     * @return the symbols
     * @throws FormatException never
     */
    @Benchmark
    public byte[] huffmanDecode(Counter counter) throws FormatException {
        decoder.decode(new BitReader(huffmanBytes, 0, huffmanBytes.length), decoded, 0, size);
        counter.symbols += size;
        return decoded;
    }

    /**
     * Encodes with {@link Deflater#HUFFMAN_ONLY}.
     *
     * @param counter counts symbols
     * @return the number of bytes
     */
    @Benchmark
    public int deflaterHuffmanOnly(Counter counter) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        deflater.setInput(symbols);
        deflater.finish();
        int length = 0;
        // The first call only sets the strategy.
        while (!deflater.finished()) {
            length += deflater.deflate(scratch, length, scratch.length - length);
        }
        deflater.end();
        counter.symbols += size;
        return length;
    }

    /**
     * Decodes it.
     *
     * @param counter counts symbols
     * @return the symbols
     * @throws DataFormatException never
     */
    @Benchmark
    public byte[] inflater(Counter counter) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(deflaterBytes);
        int length = inflater.inflate(decoded);
        inflater.end();
        counter.symbols += length;
        return decoded;
    }

    /**
     * Encodes with zstd.
     *
     * @param counter counts symbols
     * @return the number of bytes
     */
    @Benchmark
    public int zstdEncode(Counter counter) {
        int length = new ZstdCompressor().compress(symbols, 0, size, scratch, 0, scratch.length);
        counter.symbols += size;
        return length;
    }

    /**
     * Decodes it.
     *
     * @param counter counts symbols
     * @return the symbols
     */
    @Benchmark
    public byte[] zstdDecode(Counter counter) {
        int length = new ZstdDecompressor().decompress(zstdBytes, 0, zstdLength, decoded, 0, decoded.length);
        counter.symbols += length;
        return decoded;
    }
}
