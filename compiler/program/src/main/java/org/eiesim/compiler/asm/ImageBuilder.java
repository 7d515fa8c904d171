package org.eiesim.compiler.asm;

import java.util.Arrays;
import java.util.Map;
import org.eiesim.compiler.asm.Token.Kind;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.InterleavedCsc;

/** Gathers the entries of one weight image from its {@code .pe} lines. */
final class ImageBuilder {
    /** What a PE's arrays take beside its pointers, counted in pointers. */
    private static final int OVERHEAD_POINTERS = 16;

    private final Target target;
    private final int layer;
    private final int firstRow;
    private final int firstColumn;
    private final int numInputs;
    private final boolean biasColumn;
    private final int numRows;
    private final int numColumns;
    private final int[][] counts;
    private final int[] lastColumns;
    private final byte[][] codes;
    private final short[][] relativeIndices;
    private final int[] lengths;
    private final long numPointers;

    ImageBuilder(LineParser line, Target target, long pointersLeft) throws FormatException {
        Map<String, Token> fields = line.pairs(Directive.IMAGE.fields());
        this.target = target;
        layer = line.natural(get(fields, "layer"));
        firstRow = line.natural(get(fields, "first_row"));
        firstColumn = line.natural(get(fields, "first_column"));
        numInputs = (int) line.integer(get(fields, "inputs"), 0, target.registerFileCapacity());
        biasColumn = line.integer(get(fields, "bias_column"), 0, 1) == 1;
        numRows = (int) line.integer(get(fields, "rows"), 0, target.registerFileCapacity());
        long columns = WeightImage.numColumns(numInputs, biasColumn, target.numPes());
        numPointers = (columns + OVERHEAD_POINTERS) * target.numPes();
        if (numPointers > pointersLeft) {
            throw line.error(
                    line.peek(), columns + " columns on " + target.numPes() + " PEs are too many for assembly");
        }
        numColumns = (int) columns;
        int numPes = target.numPes();
        counts = new int[numPes][numColumns + 1];
        lastColumns = new int[numPes];
        Arrays.fill(lastColumns, -1);
        codes = new byte[numPes][0];
        relativeIndices = new short[numPes][0];
        lengths = new int[numPes];
    }

    /** Returns how many column pointers it takes memory for. */
    long numPointers() {
        return numPointers;
    }

    private static Token get(Map<String, Token> fields, String name) {
        Token token = fields.get(name);
        if (token == null) {
            throw new IllegalStateException("no field " + name);
        }
        return token;
    }

    /** Reads {@code PE column: code+zeros ... column: ...}. */
    void addEntries(LineParser line) throws FormatException {
        int pe = (int) line.integer(line.expect(Kind.NUMBER), 0, target.numPes() - 1L);
        while (!line.atEnd()) {
            Token number = line.expect(Kind.NUMBER);
            if (line.acceptSign(':')) {
                lastColumns[pe] = (int) line.integer(number, lastColumns[pe] + 1L, numColumns - 1L);
                continue;
            }
            if (lastColumns[pe] < 0) {
                throw line.error(number, "an entry stands before the first column");
            }
            line.expectSign('+');
            long code = line.integer(number, 0, (1L << target.weightBits()) - 1);
            long zeros = line.integer(line.expect(Kind.NUMBER), 0, (1L << target.indexBits()) - 1);
            append(pe, (byte) code, (short) zeros);
        }
    }

    private void append(int pe, byte code, short zeros) {
        if (lengths[pe] == codes[pe].length) {
            int capacity = Math.max(16, 2 * lengths[pe]);
            codes[pe] = Arrays.copyOf(codes[pe], capacity);
            relativeIndices[pe] = Arrays.copyOf(relativeIndices[pe], capacity);
        }
        codes[pe][lengths[pe]] = code;
        relativeIndices[pe][lengths[pe]++] = zeros;
        counts[pe][lastColumns[pe]]++;
    }

    WeightImage build() {
        int numPes = target.numPes();
        for (int pe = 0; pe < numPes; pe++) {
            int start = 0;
            for (int column = 0; column <= numColumns; column++) {
                int count = counts[pe][column];
                counts[pe][column] = start;
                start += count;
            }
            codes[pe] = Arrays.copyOf(codes[pe], lengths[pe]);
            relativeIndices[pe] = Arrays.copyOf(relativeIndices[pe], lengths[pe]);
        }
        return new WeightImage(
                layer,
                firstRow,
                firstColumn,
                numInputs,
                biasColumn,
                new InterleavedCsc(numRows, numColumns, numPes, target.indexBits(), counts, codes, relativeIndices));
    }
}
