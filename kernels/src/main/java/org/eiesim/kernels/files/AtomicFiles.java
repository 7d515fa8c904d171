package org.eiesim.kernels.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Writes files and folders under a temporary name beside their place and moves them there when they are whole. A
 * failure or an exception leaves what was there before, and nothing else.
 */
public final class AtomicFiles {
    /** What is being written now, removed when the process is stopped in the middle. */
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtomicFiles::deleteUnfinished, "eiesim-unfinished-files"));
    }

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
            throw new FileAlreadyExistsException(file.toString(), null, "is a folder");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A device or pipe such as /dev/null cannot be replaced, only written to.
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
                body.writeTo(stream);
            }
            return;
        }
        Path part = partBeside(file);
        try {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                body.writeTo(stream);
            }
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
            UNFINISHED.remove(part);
        }
    }

    /**
     * Writes a folder.
     *
     * @param folder its path; must not exist, or be empty
     * @param body writes its files
     * @throws FileAlreadyExistsException if the folder exists and holds something
     * @throws IOException if writing fails
     */
    public static void writeFolder(Path folder, FolderBody body) throws IOException {
        if (Files.exists(folder)) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException e) {
                throw new FileAlreadyExistsException(folder.toString(), null, "is not empty; name a new folder");
            }
        }
        Path part = partBeside(folder);
        try {
            Files.createDirectory(part);
            body.writeTo(part);
            move(part, folder);
        } finally {
            deleteTree(part);
            UNFINISHED.remove(part);
        }
    }

    private static Path partBeside(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null || absolute.getFileName() == null) {
            throw new FileAlreadyExistsException(target.toString(), null, "is a folder");
        }
        if (!Files.isDirectory(parent)) {
            throw new NoSuchFileException(parent.toString());
        }
        Path part = parent.resolve("." + absolute.getFileName() + "."
                + ProcessHandle.current().pid() + "." + Thread.currentThread().getId() + ".part");
        UNFINISHED.add(part);
        return part;
    }

    private static void deleteUnfinished() {
        for (Path part : UNFINISHED) {
            try {
                deleteTree(part);
            } catch (IOException e) {
                // The process is ending; the file keeps its telling name.
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
