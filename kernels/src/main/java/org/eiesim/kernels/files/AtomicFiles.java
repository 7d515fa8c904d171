package org.eiesim.kernels.files;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes files and folders under a temporary name beside their place and moves them there when they are whole. A
 * failure or an exception leaves what was there before, and nothing else. What a killed process left under a temporary
 * name is removed when the same file is written again.
 *
 * <p>A link is followed: what it leads to is replaced, and the link stays. Devices and pipes are written to directly.
 */
public final class AtomicFiles {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Set<String> STANDARD_OUTPUT = Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

    private AtomicFiles() {}

    /** Fills a stream. */
    @FunctionalInterface
    public interface StreamBody {
        /**
         * Writes the file's bytes.
         *
         * @param stream the stream, buffered; not to be closed
         * @throws IOException if writing fails
         */
        void writeTo(OutputStream stream) throws IOException;
    }

    /** Fills a folder. */
    @FunctionalInterface
    public interface FolderBody {
        /**
         * Writes the folder's files.
         *
         * @param folder an empty folder
         * @throws IOException if writing fails
         */
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param file its path; replaced if it exists
     * @param bytes its content
     * @throws IOException if the folder does not exist or writing fails
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, stream -> stream.write(bytes));
    }

    /**
     * Writes a file from a stream.
     *
     * @param file its path; replaced if it exists
     * @param body writes the content
     * @throws IOException if the folder does not exist or writing fails
     */
    public static void write(Path file, StreamBody body) throws IOException {
        if (Files.isDirectory(file)) {
            throw isFolder(file);
        }
        if (isStream(file)) {
            try (OutputStream stream = new BufferedOutputStream(open(file), BUFFER_BYTES)) {
                body.writeTo(stream);
            }
            return;
        }
        Path target = target(file);
        try (PartFile part = PartFile.beside(target)) {
            OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(part.channel()), BUFFER_BYTES);
            body.writeTo(stream);
            stream.flush();
            move(part.path(), target);
        }
    }

    /**
     * Tells whether a path leads to something that cannot be replaced, only written to: a device, a pipe, or a file that
     * is open already as one of the process's streams.
     *
     * @param path any path
     * @return whether writing there is passing bytes on
     */
    public static boolean isStream(Path path) {
        String absolute = path.toAbsolutePath().normalize().toString();
        return absolute.startsWith("/dev/")
                || absolute.startsWith("/proc/")
                || (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path));
    }

    private static OutputStream open(Path stream) throws IOException {
        // Opened by its name, a redirected standard output would be written from its start once more.
        return STANDARD_OUTPUT.contains(stream.toAbsolutePath().normalize().toString())
                ? new UnclosedStream(new FileOutputStream(FileDescriptor.out))
                : Files.newOutputStream(stream);
    }

    /**
     * Writes a folder.
     *
     * @param folder its path; must not exist, or be an empty folder
     * @param body writes its files
     * @throws FileAlreadyExistsException if the path is a file, or a folder that holds something; it is left as it is
     * @throws IOException if writing fails
     */
    public static void writeFolder(Path folder, FolderBody body) throws IOException {
        Path target = target(folder);
        boolean isThere = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (isThere) {
            requireEmpty(folder);
        }
        // A folder that is there stays the same folder: what holds it open, or leads to it, sees the files.
        try (PartFile part = isThere ? PartFile.beside(target.resolve("folder")) : PartFile.beside(target)) {
            Path content = part.folder();
            body.writeTo(content);
            if (isThere) {
                for (Path entry : list(content)) {
                    Files.move(entry, target.resolve(entry.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
            } else {
                Files.move(content, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(folder.toString(), null, "is a file; name a new folder");
        }
        Path removable = target(folder).resolve("folder");
        PartFile.removeLeftovers(removable);
        if (!list(folder).isEmpty()) {
            throw new FileAlreadyExistsException(folder.toString(), null, "is not empty; name a new folder");
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Follows links, also to what does not exist yet, and requires the folder it lies in. */
    private static Path target(Path path) throws IOException {
        Path target = OutputPaths.resolve(path);
        Path parent = target.getParent();
        if (parent == null || target.getFileName() == null) {
            throw isFolder(path);
        }
        if (!Files.isDirectory(parent)) {
            throw new NoSuchFileException(String.valueOf(path.toAbsolutePath().getParent()));
        }
        return target;
    }

    private static FileAlreadyExistsException isFolder(Path path) {
        return new FileAlreadyExistsException(path.toString(), null, "is a folder");
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Passes bytes on and leaves the stream open, since the process has it for its own output too. */
    private static final class UnclosedStream extends OutputStream {
        private final OutputStream stream;

        UnclosedStream(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int value) throws IOException {
            stream.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }
    }
}
