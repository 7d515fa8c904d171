package org.eiesim.kernels.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to its place, beside it: {@code .NAME.PROCESS.NUMBER.part}, and a folder of the same name with
 * {@code .d} behind where a folder is made.
 *
 * <p>It is locked while it is written, and the operating system gives the lock back when the process ends, however it
 * ends. So whoever writes the same target next can tell what a killed process left from what another one is writing
 * right now, also where process numbers repeat or belong to another container.
 */
final class PartFile implements AutoCloseable {
    private static final String SUFFIX = ".part";
    private static final String FOLDER_SUFFIX = ".d";
    private static final int MAX_NAME_BYTES = 180;
    private static final int MAX_ATTEMPTS = 1000;
    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

    /** What is being written now, removed when the process is stopped in the middle. */
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(PartFile::deleteUnfinished, "eiesim-unfinished-files"));
    }

    private final Path path;
    private final FileChannel channel;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Removes what killed processes left of the target and begins a file beside it.
     *
     * @param target where the file is to go; its folder exists
     * @return the file, empty and locked
     */
    static PartFile beside(Path target) throws IOException {
        removeLeftovers(target);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Path path = target.resolveSibling(
                    prefix(target) + ProcessHandle.current().pid() + "."
                            + HexFormat.of().toHexDigits(NUMBERS.incrementAndGet()) + SUFFIX);
            PartFile part = begin(path);
            if (part != null) {
                return part;
            }
        }
        throw new FileAlreadyExistsException(target.toString(), null, "no temporary name beside it is free");
    }

    private static @Nullable PartFile begin(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return null;
        }
        UNFINISHED.add(path);
        PartFile part = new PartFile(path, channel);
        try {
            // Between its birth and its lock another process may take it for a leftover: then another name is tried.
            if (tryLock(channel) && Files.exists(path)) {
                return part;
            }
        } catch (IOException e) {
            // File systems without locks: the file is written all the same.
            return part;
        }
        part.close();
        return null;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Removes files that no process writes any more. */
    static void removeLeftovers(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null) {
            return;
        }
        Pattern leftover =
                Pattern.compile(Pattern.quote(prefix(target)) + "\\d+\\.[0-9a-f]+" + Pattern.quote(SUFFIX) + "(\\.d)?");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder,
                entry -> leftover.matcher(entry.getFileName().toString()).matches())) {
            for (Path entry : entries) {
                if (isAbandoned(entry)) {
                    deleteTree(entry);
                }
            }
        } catch (UncheckedIOException | IOException e) {
            // A folder that cannot be listed, or a file that another process is just removing.
            return;
        }
    }

    private static boolean isAbandoned(Path entry) {
        String name = entry.getFileName().toString();
        Path locked = name.endsWith(FOLDER_SUFFIX)
                ? entry.resolveSibling(name.substring(0, name.length() - FOLDER_SUFFIX.length()))
                : entry;
        if (UNFINISHED.contains(locked)) {
            return false;
        }
        if (!Files.isRegularFile(locked, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(locked, StandardOpenOption.WRITE)) {
            return tryLock(channel);
        } catch (IOException e) {
            return false;
        }
    }

    private static String prefix(Path target) {
        String name = String.valueOf(target.getFileName());
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_NAME_BYTES) {
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            name = "eie-" + Long.toHexString(checksum.getValue());
        }
        return "." + name + ".";
    }

    /** Returns where the file lies for now. */
    Path path() {
        return path;
    }

    /** Returns the open file. */
    FileChannel channel() {
        return channel;
    }

    /** Makes a folder beside the file, which goes with it. */
    Path folder() throws IOException {
        return Files.createDirectory(folderPath(path));
    }

    private static Path folderPath(Path part) {
        return part.resolveSibling(part.getFileName() + FOLDER_SUFFIX);
    }

    /** Closes the file and removes what has not been moved to its place. */
    @Override
    public void close() throws IOException {
        try (channel) {
            deleteTree(folderPath(path));
            Files.deleteIfExists(path);
        } finally {
            UNFINISHED.remove(path);
        }
    }

    private static void deleteUnfinished() {
        for (Path part : UNFINISHED) {
            try {
                deleteTree(folderPath(part));
                deleteTree(part);
            } catch (IOException e) {
                // The process is ending; the next run of the same output removes it.
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
