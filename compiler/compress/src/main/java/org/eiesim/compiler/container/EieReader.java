package org.eiesim.compiler.container;

import java.io.IOException;
import java.nio.file.Path;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.sections.SectionedFile;
import org.eiesim.kernels.bits.FormatException;

/**
 * Reads {@link EieFormat}, trusting nothing.
 *
 * <p>What protects a reader, in this order:
 *
 * <ol>
 *   <li>The checksums: a damaged, cut or extended file is refused before its content is looked at.
 *   <li>Counts against what is there: a count of items is compared with the bytes or bits that are left, the number of
 *       entries with the positions of the tensor, a code with the codebook, a position with the tensor, before anything
 *       is allocated or written. Huffman codes must be complete, streams must end exactly where the section does.
 *   <li>A memory budget: with correct checksums a few bytes can rightly state a tensor of {@code 2^31} zeros, so
 *       that no rule on the file alone bounds memory. Every allocation whose size the file determines is taken from
 *       the budget before it is made: 5 bytes a position of a coded tensor (its code and its float32 value), 1 or 2 more
 *       and 3 an entry while it is decoded; 4 bytes a value of other tensors; 512 a node and 4 to 5 a byte of text. By default three quarters of the largest heap may be used; beyond that a file is refused with a
 *       message that says how much it needs.
 * </ol>
 *
 * <p>So any file gives a network or a {@link FormatException}, never another exception or an OutOfMemoryError for
 * want of a check.
 */
public final class EieReader {
    /** The first bytes of every .eie file, as ASCII characters. */
    public static final String MAGIC = EieFormat.FILE.magic();

    private EieReader() {}

    /**
     * Reads a file with the default memory limit.
     *
     * @param path the file
     * @return the network
     * @throws FormatException naming file, section and offset, if it is no .eie file, is damaged, is of a newer
     *     version, or needs more memory than there is
     * @throws IOException if reading fails
     */
    public static CompressedNetwork read(Path path) throws IOException {
        return readFile(path).network();
    }

    /**
     * Decodes a file in memory.
     *
     * @param bytes the file's bytes; not changed
     * @param memoryLimitBytes most bytes to allocate for its content
     * @return the network
     * @throws FormatException naming section and offset, as {@link #read}
     */
    public static CompressedNetwork fromBytes(byte[] bytes, long memoryLimitBytes) throws FormatException {
        return EieFile.decode(SectionedFile.parse(bytes, EieFormat.FILE), memoryLimitBytes)
                .network();
    }

    /**
     * Returns the memory limit of {@link #read}.
     *
     * @return three quarters of the largest heap this process may have, in bytes
     */
    public static long defaultMemoryLimitBytes() {
        return Runtime.getRuntime().maxMemory() / 4 * 3;
    }

    static EieFile readFile(Path path) throws IOException {
        SectionedFile file = SectionedFile.read(path, EieFormat.FILE);
        try {
            return EieFile.decode(file, defaultMemoryLimitBytes());
        } catch (FormatException e) {
            throw e.within(path.toString());
        }
    }
}
