package org.eiesim.models.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.eiesim.kernels.files.AtomicFiles;
import org.jspecify.annotations.Nullable;

/**
 * What a long run has finished, kept in a folder so that the run can go on after it was stopped. A run does its long parts
 * in a fixed order; each asks for what an earlier run kept of it and does the rest. The result is the same bit for bit,
 * however often the run was stopped.
 *
 * <p>The folder belongs to one run: it holds a key, a digest of all that the run depends on, and what is kept under
 * another key is thrown away. A damaged or torn part counts as not there.
 */
public final class Checkpoints {
    /** Keeps nothing. */
    public static final Checkpoints NONE = new Checkpoints(null, new byte[0]);

    private static final String KEY_FILE = "key";
    private static final Pattern PART_FILE = Pattern.compile("part-\\d+");

    private final @Nullable Path folder;
    private final byte[] key;
    private int numParts;
    private boolean isUsed;

    private Checkpoints(@Nullable Path folder, byte[] key) {
        this.folder = folder;
        this.key = key;
    }

    /**
     * Opens a folder for a run. It is made when there is something to keep.
     *
     * @param folder its path
     * @param key a digest of all that the run depends on
     * @return the checkpoints
     * @throws IOException if the path is a file, or what another run kept cannot be removed
     */
    public static Checkpoints open(Path folder, byte[] key) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(
                    folder.toString(), null, "is a file where a stopped run is to be kept; move it");
        }
        return new Checkpoints(folder, key.clone());
    }

    /**
     * Tells what an earlier run left.
     *
     * @return what is there
     * @throws IOException if it cannot be read
     */
    public Found found() throws IOException {
        if (folder == null) {
            return Found.NOTHING;
        }
        try {
            byte[] found = HexFormat.of()
                    .parseHex(Files.readString(folder.resolve(KEY_FILE)).strip());
            return Arrays.equals(found, key) ? Found.THIS_RUN : Found.ANOTHER_RUN;
        } catch (NoSuchFileException e) {
            return Found.NOTHING;
        } catch (IllegalArgumentException e) {
            return Found.ANOTHER_RUN;
        }
    }

    /** What is in the folder. */
    public enum Found {
        /** Nothing of any run. */
        NOTHING,
        /** A run of the same key, which can go on. */
        THIS_RUN,
        /** A run of other inputs, which will be thrown away. */
        ANOTHER_RUN
    }

    /**
     * Returns where the run keeps what is finished.
     *
     * @return the folder, whether or not it exists yet; null where nothing is kept
     */
    public @Nullable Path folder() {
        return folder;
    }

    /**
     * Begins the next long part of the run.
     *
     * @return what is kept of it
     */
    public Part next() {
        return new Part(numParts++);
    }

    /** One long part of a run. */
    public final class Part {
        private final int index;

        private Part(int index) {
            this.index = index;
        }

        /**
         * Reads what is kept.
         *
         * @return a stream of what was written last; null if nothing whole is there
         */
        public @Nullable DataInputStream read() {
            if (folder == null) {
                return null;
            }
            try {
                if (found() != Found.THIS_RUN) {
                    return null;
                }
                byte[] bytes = Files.readAllBytes(file(folder));
                int length = bytes.length - Integer.BYTES;
                if (length < 0) {
                    return null;
                }
                int expected = ByteBuffer.wrap(bytes, length, Integer.BYTES).getInt();
                CRC32C checksum = new CRC32C();
                checksum.update(bytes, 0, length);
                return (int) checksum.getValue() == expected
                        ? new DataInputStream(new ByteArrayInputStream(bytes, 0, length))
                        : null;
            } catch (IOException e) {
                return null;
            }
        }

        /**
         * Keeps what is finished, in place of what was kept of this part before.
         *
         * @param body writes it
         * @throws UncheckedIOException if it cannot be written
         */
        public void write(Body body) {
            if (folder == null) {
                return;
            }
            try {
                prepare(folder);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (DataOutputStream stream = new DataOutputStream(bytes)) {
                    body.writeTo(stream);
                    stream.flush();
                    CRC32C checksum = new CRC32C();
                    checksum.update(bytes.toByteArray());
                    stream.writeInt((int) checksum.getValue());
                }
                AtomicFiles.write(file(folder), bytes.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path file(Path folder) {
            return folder.resolve("part-" + index);
        }
    }

    /** Writes what is finished of a part. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes it.
         *
         * @param stream where to
         * @throws IOException if writing fails
         */
        void writeTo(DataOutputStream stream) throws IOException;
    }

    /** Makes the folder this run's, at the first thing it keeps. */
    private void prepare(Path folder) throws IOException {
        if (isUsed) {
            return;
        }
        Files.createDirectories(folder);
        if (found() != Found.THIS_RUN) {
            removeFiles(folder);
            AtomicFiles.write(
                    folder.resolve(KEY_FILE), HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII));
        }
        isUsed = true;
    }

    /**
     * Removes all that is kept: the run is over.
     *
     * @throws IOException if it cannot be removed
     */
    public void remove() throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        removeFiles(folder);
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else's files are in it.
            return;
        }
    }

    private static void removeFiles(Path folder) throws IOException {
        List<Path> own = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean isUnfinished = name.startsWith(".part-") || name.startsWith("." + KEY_FILE + ".");
                if (name.equals(KEY_FILE) || PART_FILE.matcher(name).matches() || isUnfinished) {
                    own.add(entry);
                }
            }
        }
        for (Path file : own) {
            Files.deleteIfExists(file);
        }
    }
}
