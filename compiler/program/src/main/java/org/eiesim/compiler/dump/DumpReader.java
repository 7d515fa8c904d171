package org.eiesim.compiler.dump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * Reads a {@link Dump} from a folder and checks it: files of all PEs there and of the right size, column starts that
 * begin at 0, never descend and end at the last entry, codes inside the codebook, relative indices of at most 16 bits,
 * finite numbers. Other files in the folder are ignored.
 */
public final class DumpReader {
    static final String ACTIVATIONS_FILE = "act.dat";
    static final String CODEBOOK_FILE = "arithm.dat";
    static final String POINTERS = "ptr";
    static final String ENTRIES = "spm";
    static final int ENTRY_BYTES = 2 * Integer.BYTES;

    private static final int MAX_PES = 4096;
    private static final int MAX_INDEX_BITS = 16;

    private final Path folder;
    private final int numPes;
    private final int numColumns;
    private final int[][] columnStarts;
    private final byte[][] codes;
    private final short[][] relativeIndices;
    private int largestIndex;
    private long numRowsReached;

    private DumpReader(Path folder, int numPes, int numColumns) {
        this.folder = folder;
        this.numPes = numPes;
        this.numColumns = numColumns;
        this.columnStarts = new int[numPes][];
        this.codes = new byte[numPes][];
        this.relativeIndices = new short[numPes][];
    }

    /**
     * Returns whether a path looks like a dump: a folder with an {@code act.dat}.
     *
     * @param folder any path
     * @return whether {@link #read} is worth trying
     */
    public static boolean isDump(Path folder) {
        return Files.isRegularFile(folder.resolve(ACTIVATIONS_FILE));
    }

    /**
     * Reads a dump whose outputs end with the highest row an entry reaches.
     *
     * @param folder the folder
     * @return the dump; its index width is the smallest that holds the largest relative index, at least 4
     * @throws FormatException naming file and offset, if anything is missing or wrong
     * @throws IOException if reading fails
     */
    public static Dump read(Path folder) throws IOException {
        return read(folder, OptionalInt.empty());
    }

    /**
     * Reads a dump.
     *
     * @param folder the folder
     * @param numOutputs the number of outputs, where it is not to be taken from the highest row an entry reaches
     * @return the dump; its index width is the smallest that holds the largest relative index, at least 4
     * @throws FormatException naming file and offset, if anything is missing or wrong, or an entry lies beyond the
     *     outputs
     * @throws IOException if reading fails
     */
    public static Dump read(Path folder, OptionalInt numOutputs) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FormatException(folder.toString(), "is not a folder");
        }
        float[] activations = finiteFloats(folder.resolve(ACTIVATIONS_FILE));
        if (activations.length == 0) {
            throw new FormatException(folder.resolve(ACTIVATIONS_FILE).toString(), "holds no inputs");
        }
        float[] codebook = finiteFloats(folder.resolve(CODEBOOK_FILE));
        if (codebook.length != Dump.CODEBOOK_SIZE) {
            throw new FormatException(
                    folder.resolve(CODEBOOK_FILE).toString(),
                    "holds " + codebook.length + " shared weights, expected " + Dump.CODEBOOK_SIZE);
        }
        int numPes = countPes(folder);
        int numColumns = Dump.biasColumn(activations.length, numPes) + 1;
        DumpReader reader = new DumpReader(folder, numPes, numColumns);
        for (int pe = 0; pe < numPes; pe++) {
            reader.readPe(pe, numOutputs);
        }
        InterleavedCsc matrix = reader.matrix(numOutputs);
        return new Dump(matrix, codebook, activations, matrix.numRows());
    }

    private InterleavedCsc matrix(OptionalInt numOutputs) {
        int indexBits = Math.max(Dump.MIN_INDEX_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(largestIndex));
        int numRows = numOutputs.orElse((int) numRowsReached);
        return new InterleavedCsc(numRows, numColumns, numPes, indexBits, columnStarts, codes, relativeIndices);
    }

    private void readPe(int pe, OptionalInt numOutputs) throws IOException {
        Path pointersFile = folder.resolve(POINTERS).resolve(fileName(POINTERS, pe));
        Path entriesFile = folder.resolve(ENTRIES).resolve(fileName(ENTRIES, pe));
        ByteBuffer pointers = words(pointersFile, Integer.BYTES);
        ByteBuffer entries = words(entriesFile, ENTRY_BYTES);
        int numEntries = entries.remaining() / ENTRY_BYTES;
        columnStarts[pe] = readStarts(pointersFile, pointers, numEntries);
        codes[pe] = new byte[numEntries];
        relativeIndices[pe] = new short[numEntries];
        long maxRows = numOutputs.orElse(Dump.MAX_OUTPUTS);
        for (int column = 0; column < numColumns; column++) {
            long localRow = -1;
            for (int entry = columnStarts[pe][column]; entry < columnStarts[pe][column + 1]; entry++) {
                readEntry(entriesFile, entries, pe, entry);
                localRow += (relativeIndices[pe][entry] & 0xFFFF) + 1;
                long row = localRow * numPes + pe;
                if (row >= maxRows) {
                    throw new FormatException(
                            entriesFile.toString(),
                            (long) entry * ENTRY_BYTES,
                            "column " + column + " reaches row " + row + ", but there are "
                                    + (numOutputs.isPresent() ? "" : "at most ") + maxRows + " outputs");
                }
                numRowsReached = Math.max(numRowsReached, row + 1);
            }
        }
    }

    private int[] readStarts(Path file, ByteBuffer pointers, int numEntries) throws FormatException {
        int numPointers = pointers.remaining() / Integer.BYTES;
        if (numPointers != numColumns + 1) {
            throw new FormatException(
                    file.toString(),
                    "holds " + numPointers + " column starts; the inputs on " + numPes + " PEs need " + (numColumns + 1)
                            + ": is a PE's file or part of act.dat missing?");
        }
        int[] starts = new int[numPointers];
        long previous = 0;
        for (int column = 0; column < numPointers; column++) {
            long start = pointers.getInt() & 0xFFFF_FFFFL;
            long lowest = column == numColumns ? numEntries : previous;
            long highest = column == 0 ? 0 : numEntries;
            if (start < lowest || start > highest) {
                throw new FormatException(
                        file.toString(),
                        (long) column * Integer.BYTES,
                        "column start " + column + " is " + start + ", expected " + lowest
                                + (lowest == highest ? "" : ".." + highest) + " in a stream of " + numEntries
                                + " entries");
            }
            previous = start;
            starts[column] = (int) start;
        }
        return starts;
    }

    private void readEntry(Path file, ByteBuffer entries, int pe, int entry) throws FormatException {
        long code = entries.getInt(entry * ENTRY_BYTES) & 0xFFFF_FFFFL;
        long index = entries.getInt(entry * ENTRY_BYTES + Integer.BYTES) & 0xFFFF_FFFFL;
        if (code >= Dump.CODEBOOK_SIZE) {
            throw new FormatException(
                    file.toString(),
                    (long) entry * ENTRY_BYTES,
                    "code " + code + " is outside a codebook of " + Dump.CODEBOOK_SIZE);
        }
        if (index >= 1 << MAX_INDEX_BITS) {
            throw new FormatException(
                    file.toString(),
                    (long) entry * ENTRY_BYTES + Integer.BYTES,
                    "relative index " + index + " does not fit " + MAX_INDEX_BITS + " bits");
        }
        codes[pe][entry] = (byte) code;
        relativeIndices[pe][entry] = (short) index;
        largestIndex = Math.max(largestIndex, (int) index);
    }

    private static int countPes(Path folder) throws IOException {
        NavigableSet<Integer> pointerFiles = numbers(folder.resolve(POINTERS), POINTERS);
        NavigableSet<Integer> entryFiles = numbers(folder.resolve(ENTRIES), ENTRIES);
        NavigableSet<Integer> all = new TreeSet<>(pointerFiles);
        all.addAll(entryFiles);
        if (all.isEmpty()) {
            throw new FormatException(folder.resolve(POINTERS).toString(), "holds no " + fileName(POINTERS, 0));
        }
        int numPes = all.last() + 1;
        if (numPes > MAX_PES) {
            throw new FormatException(
                    folder.toString(), "has a file of PE " + all.last() + ", allowed are 0.." + (MAX_PES - 1));
        }
        for (int pe = 0; pe < numPes; pe++) {
            requirePresent(folder, POINTERS, pe, numPes, pointerFiles);
            requirePresent(folder, ENTRIES, pe, numPes, entryFiles);
        }
        return numPes;
    }

    private static void requirePresent(Path folder, String kind, int pe, int numPes, NavigableSet<Integer> present)
            throws FormatException {
        if (!present.contains(pe)) {
            throw new FormatException(
                    folder.resolve(kind).resolve(fileName(kind, pe)).toString(),
                    "is missing: there are files of " + numPes + " PEs");
        }
    }

    private static NavigableSet<Integer> numbers(Path folder, String kind) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FormatException(folder.toString(), "is missing: a dump has a folder " + kind);
        }
        Pattern name = Pattern.compile(kind + "(0|[1-9][0-9]{0,8})\\.dat");
        NavigableSet<Integer> numbers = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches()) {
                    numbers.add(Integer.valueOf(matcher.group(1)));
                }
            });
        }
        return numbers;
    }

    private static float[] finiteFloats(Path file) throws IOException {
        ByteBuffer words = words(file, Float.BYTES);
        float[] values = new float[words.remaining() / Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = words.getFloat();
            if (!Float.isFinite(values[i])) {
                throw new FormatException(file.toString(), (long) i * Float.BYTES, "value " + i + " is " + values[i]);
            }
        }
        return values;
    }

    /** Reads a whole file made of items of a fixed size. */
    private static ByteBuffer words(Path file, int itemBytes) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file.toString(), "is missing");
        }
        long size = Files.size(file);
        if (size > Runtime.getRuntime().maxMemory() / 2 || size > Integer.MAX_VALUE - 8) {
            throw new FormatException(
                    file.toString(), size + " bytes do not fit the memory; allow more (a larger heap: java -Xmx)");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length % itemBytes != 0) {
            throw new FormatException(
                    file.toString(),
                    bytes.length - bytes.length % itemBytes,
                    bytes.length + " bytes are no multiple of " + itemBytes);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static String fileName(String kind, int pe) {
        return kind + pe + ".dat";
    }
}
