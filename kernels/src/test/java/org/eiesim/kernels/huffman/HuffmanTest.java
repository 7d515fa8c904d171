package org.eiesim.kernels.huffman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;

class HuffmanTest {
    private static final long SEED = 20260104;

    /** RFC 1951 3.2.2: lengths (3,3,3,3,3,2,4,4) of ABCDEFGH give 010 011 100 101 110 00 1110 1111. */
    @Test
    void canonicalWordsOfTheDeflateExample() throws FormatException {
        HuffmanCode code = HuffmanCode.fromLengths(new int[] {3, 3, 3, 3, 3, 2, 4, 4});
        BitWriter out = new BitWriter();
        new HuffmanEncoder(code).encode(new int[] {0, 5, 6, 7}, 0, 4, out);
        // First bits of words come first: 010 00 1110 1111.
        BitReader in = new BitReader(out.toByteArray(), 0, 2);
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < 13; i++) {
            bits.append(in.read(1));
        }
        assertThat(bits).hasToString("0100011101111");
        assertThat(out.bitLength()).isEqualTo(13);
    }

    @Test
    void unlimitedCodeCostsWhatHuffmansAlgorithmCosts() throws FormatException {
        Random random = new Random(SEED);
        for (int trial = 0; trial < 300; trial++) {
            long[] frequencies = randomFrequencies(random, 1 + random.nextInt(300));
            HuffmanCode code = HuffmanCode.fromFrequencies(frequencies, 30);
            long total = Arrays.stream(frequencies).sum();
            double entropy = Arrays.stream(frequencies)
                    .filter(f -> f > 0)
                    .mapToDouble(f -> -f * Math.log((double) f / total) / Math.log(2))
                    .sum();
            String where = "seed " + SEED + " trial " + trial + ": " + Arrays.toString(frequencies);
            assertThat(code.encodedBits(frequencies)).as(where).isEqualTo(huffmanCost(frequencies));
            assertThat((double) code.encodedBits(frequencies)).isBetween(entropy - 1e-6, entropy + total);
            assertThat(HuffmanCode.fromLengths(code.lengths())).isEqualTo(code);
        }
    }

    @Test
    void limitedCodeIsTheBestOfAllLengthAssignments() {
        Random random = new Random(SEED + 1);
        for (int trial = 0; trial < 200; trial++) {
            int n = 2 + random.nextInt(5);
            long[] frequencies = new long[n];
            for (int i = 0; i < n; i++) {
                frequencies[i] = 1 + (long) Math.exp(random.nextDouble() * 12);
            }
            for (int limit = 3; limit <= 5; limit++) {
                HuffmanCode code = HuffmanCode.fromFrequencies(frequencies, limit);
                assertThat(code.maxLengthBits()).isLessThanOrEqualTo(limit);
                assertThat(code.encodedBits(frequencies))
                        .as("seed %d trial %d limit %d: %s", SEED + 1, trial, limit, Arrays.toString(frequencies))
                        .isEqualTo(leastCost(frequencies, 0, 1 << limit, limit));
            }
        }
    }

    @Test
    void decodesWhatWasEncodedForEveryAlphabetAndElementType() throws FormatException {
        for (int trial = 0; trial < 400; trial++) {
            Random random = new Random(SEED + 1000 + trial);
            int alphabet = trial % 4 == 0 ? 1 + random.nextInt(60_000) : 1 + random.nextInt(256);
            long[] weights = randomFrequencies(random, alphabet);
            int[] symbols = draw(random, weights, random.nextInt(3000));
            long[] frequencies = new long[alphabet];
            for (int symbol : symbols) {
                frequencies[symbol]++;
            }
            HuffmanCode code = HuffmanCode.fromFrequencies(frequencies, 16 + random.nextInt(15));
            roundTrip(code, symbols, frequencies, "seed " + (SEED + 1000 + trial));
        }
    }

    @Test
    void decodesTheLongestWords() throws FormatException {
        long[] frequencies = new long[40];
        frequencies[0] = 1;
        frequencies[1] = 1;
        for (int i = 2; i < frequencies.length; i++) {
            frequencies[i] = frequencies[i - 1] + frequencies[i - 2];
        }
        HuffmanCode code = HuffmanCode.fromFrequencies(frequencies, 30);
        assertThat(code.maxLengthBits()).isEqualTo(30);
        int[] symbols = new Random(SEED).ints(5000, 0, 40).toArray();
        long[] counts = new long[40];
        for (int symbol : symbols) {
            counts[symbol]++;
        }
        roundTrip(code, symbols, counts, "fibonacci frequencies");
    }

    @Test
    void oneSymbolTakesOneBitAndNoSymbolNone() throws FormatException {
        HuffmanCode one = HuffmanCode.fromFrequencies(new long[] {0, 9, 0}, 5);
        assertThat(one.lengths()).containsExactly(0, 1, 0);
        BitReader ones = new BitReader(new byte[] {1}, 0, 1);
        assertThatThrownBy(() -> new HuffmanDecoder(one).decode(ones, new byte[1], 0, 1))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("no code word");
        HuffmanCode none = HuffmanCode.fromFrequencies(new long[3], 5);
        assertThat(HuffmanCode.fromLengths(new int[3])).isEqualTo(none);
        new HuffmanDecoder(none).decode(new BitReader(new byte[0], 0, 0), new byte[0], 0, 0);
        assertThatThrownBy(
                        () -> new HuffmanDecoder(none).decode(new BitReader(new byte[40], 0, 40), new byte[40], 0, 40))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void incompleteAndOverfullLengthsAreRefused() {
        assertThatThrownBy(() -> HuffmanCode.fromLengths(new int[] {1, 2}))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("too few");
        assertThatThrownBy(() -> HuffmanCode.fromLengths(new int[] {1, 1, 2}))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("too many");
        assertThatThrownBy(() -> HuffmanCode.fromLengths(new int[] {0, 2})).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> HuffmanCode.fromLengths(new int[] {31}))
                .hasMessage("Huffman code lengths: symbol 0 has length 31, allowed are 0..30");
        assertThatThrownBy(() -> HuffmanCode.fromLengths(new int[] {-1})).isInstanceOf(FormatException.class);
    }

    @Test
    void randomLengthsAreAcceptedExactlyWhenKraftHolds() {
        Random random = new Random(SEED + 2);
        int accepted = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            int[] lengths = random.ints(1 + random.nextInt(6), 0, 4).toArray();
            double kraft = Arrays.stream(lengths)
                    .filter(l -> l > 0)
                    .mapToDouble(l -> Math.scalb(1.0, -l))
                    .sum();
            boolean single =
                    kraft == 0.5 && Arrays.stream(lengths).filter(l -> l > 0).count() == 1;
            boolean valid = kraft == 0 || kraft == 1 || single;
            try {
                HuffmanCode.fromLengths(lengths);
                accepted++;
                assertThat(valid).as(Arrays.toString(lengths)).isTrue();
            } catch (FormatException e) {
                assertThat(valid).as(Arrays.toString(lengths)).isFalse();
            }
        }
        assertThat(accepted).isBetween(1000, 19_000);
    }

    @Test
    void damagedStreamsGiveTheDocumentedExceptionOnly() throws FormatException {
        Random random = new Random(SEED + 3);
        long[] frequencies = {500, 200, 100, 50, 20, 5, 1, 1};
        HuffmanCode code = HuffmanCode.fromFrequencies(frequencies, 30);
        int[] symbols = draw(random, frequencies, 400);
        BitWriter out = new BitWriter();
        new HuffmanEncoder(code).encode(symbols, 0, symbols.length, out);
        byte[] stream = out.toByteArray();
        HuffmanDecoder decoder = new HuffmanDecoder(code);
        for (int length = 0; length < stream.length; length++) {
            BitReader in = new BitReader(stream, 0, length);
            assertThatThrownBy(() -> decoder.decode(in, new byte[400], 0, 400)).isInstanceOf(FormatException.class);
            BitReader again = new BitReader(stream, 0, length);
            assertThatThrownBy(() -> decoder.decode(again, new short[400], 0, 400))
                    .isInstanceOf(FormatException.class);
        }
        for (int trial = 0; trial < 2000; trial++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            BitReader in = new BitReader(noise, 0, noise.length);
            byte[] decoded = new byte[300];
            try {
                decoder.decode(in, decoded, 0, 300);
                for (byte symbol : decoded) {
                    assertThat((int) symbol).isBetween(0, 7);
                }
                assertThat(in.bitPosition()).isBetween(300L, 8L * noise.length);
            } catch (FormatException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void badArgumentsAreNamed() {
        HuffmanCode code = HuffmanCode.fromFrequencies(new long[] {3, 0, 4}, 8);
        HuffmanEncoder encoder = new HuffmanEncoder(code);
        for (int symbol : new int[] {1, 3, -1}) {
            assertThatThrownBy(() -> encoder.encode(new int[] {symbol}, 0, 1, new BitWriter()))
                    .hasMessage("symbol " + symbol + " has no word in a code of 3");
        }
        assertThatThrownBy(() -> HuffmanCode.fromFrequencies(new long[] {1, 1, 1, 1, 1}, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 symbols");
        assertThatThrownBy(() -> HuffmanCode.fromFrequencies(new long[] {1, -1}, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> code.encodedBits(new long[] {1, 1, 1})).isInstanceOf(IllegalArgumentException.class);
        HuffmanCode wide = HuffmanCode.fromFrequencies(new long[257], 9);
        assertThatThrownBy(() -> new HuffmanDecoder(wide).decode(new BitReader(new byte[1], 0, 1), new byte[1], 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void roundTrip(HuffmanCode code, int[] symbols, long[] frequencies, String where)
            throws FormatException {
        int n = symbols.length;
        BitWriter out = new BitWriter();
        out.write(5, 3);
        HuffmanEncoder encoder = new HuffmanEncoder(code);
        encoder.encode(symbols, 0, n, out);
        assertThat(out.bitLength()).as(where).isEqualTo(3 + code.encodedBits(frequencies));
        short[] shorts = new short[n + 2];
        for (int i = 0; i < n; i++) {
            shorts[i + 1] = (short) symbols[i];
        }
        BitWriter shortOut = new BitWriter();
        shortOut.write(5, 3);
        encoder.encode(shorts, 1, n, shortOut);
        assertThat(shortOut.toByteArray()).as(where).isEqualTo(out.toByteArray());
        byte[] stream = out.toByteArray();
        HuffmanDecoder decoder = new HuffmanDecoder(code);
        int[] ints = new int[n + 2];
        decoder.decode(after3Bits(stream), ints, 1, n);
        assertThat(Arrays.copyOfRange(ints, 1, n + 1)).as(where).isEqualTo(symbols);
        short[] decodedShorts = new short[n + 2];
        BitReader in = after3Bits(stream);
        decoder.decode(in, decodedShorts, 1, n);
        assertThat(decodedShorts).as(where).isEqualTo(shorts);
        assertThat(in.bitPosition()).isEqualTo(out.bitLength());
        if (code.numSymbols() <= 256) {
            byte[] bytes = new byte[n + 2];
            for (int i = 0; i < n; i++) {
                bytes[i + 1] = (byte) symbols[i];
            }
            BitWriter byteOut = new BitWriter();
            byteOut.write(5, 3);
            encoder.encode(bytes, 1, n, byteOut);
            assertThat(byteOut.toByteArray()).as(where).isEqualTo(stream);
            byte[] decoded = new byte[n + 2];
            decoder.decode(after3Bits(stream), decoded, 1, n);
            assertThat(decoded).as(where).isEqualTo(bytes);
        }
    }

    private static BitReader after3Bits(byte[] stream) throws FormatException {
        BitReader in = new BitReader(stream, 0, stream.length);
        assertThat(in.read(3)).isEqualTo(5);
        return in;
    }

    private static long[] randomFrequencies(Random random, int n) {
        double spread = random.nextDouble() * 14;
        long[] frequencies = new long[n];
        for (int i = 0; i < n; i++) {
            frequencies[i] = random.nextInt(5) == 0 ? 0 : 1 + (long) Math.exp(random.nextDouble() * spread);
        }
        frequencies[random.nextInt(n)] = 1;
        return frequencies;
    }

    private static int[] draw(Random random, long[] weights, int count) {
        double[] cumulative = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            cumulative[i] = sum;
        }
        int[] symbols = new int[count];
        for (int i = 0; i < count; i++) {
            int at = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
            symbols[i] = Math.min(at < 0 ? -at - 1 : at + 1, weights.length - 1);
        }
        return symbols;
    }

    /** The cost of Huffman's own algorithm: the sum of all merged weights. */
    private static long huffmanCost(long[] frequencies) {
        PriorityQueue<Long> queue = new PriorityQueue<>();
        for (long frequency : frequencies) {
            if (frequency > 0) {
                queue.add(frequency);
            }
        }
        if (queue.size() == 1) {
            return queue.remove();
        }
        long cost = 0;
        while (queue.size() > 1) {
            long merged = queue.remove() + queue.remove();
            cost += merged;
            queue.add(merged);
        }
        return cost;
    }

    /** The least cost over all length assignments within the space left, by trying them all. */
    private static long leastCost(long[] frequencies, int symbol, int space, int limit) {
        if (symbol == frequencies.length) {
            return 0;
        }
        long best = Long.MAX_VALUE / 2;
        for (int length = 1; length <= limit; length++) {
            int used = 1 << (limit - length);
            if (used <= space) {
                best = Math.min(
                        best, length * frequencies[symbol] + leastCost(frequencies, symbol + 1, space - used, limit));
            }
        }
        return best;
    }
}
