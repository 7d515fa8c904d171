package org.eiesim.kernels.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where output paths lead, whether or not anything is there yet. */
public final class OutputPaths {
    private static final int MAX_LINKS = 40;

    private OutputPaths() {}

    /**
     * Follows all links of a path, as far as it exists, and takes {@code .} and {@code ..} out of it.
     *
     * @param path any path
     * @return the absolute path that writing to it writes to; two paths to one place give the same
     * @throws FileSystemLoopException if links lead in a circle
     * @throws IOException if a folder on the way cannot be read
     */
    public static Path resolve(Path path) throws IOException {
        Path current = path.toAbsolutePath();
        for (int links = 0; links < MAX_LINKS; links++) {
            if (Files.exists(current)) {
                return current.toRealPath();
            }
            if (Files.isSymbolicLink(current)) {
                current = current.resolveSibling(Files.readSymbolicLink(current));
            } else {
                return resolveMissing(current);
            }
        }
        throw new FileSystemLoopException(path.toString());
    }

    /** The last part does not exist; what stands before it may, or be a link to what does not. */
    private static Path resolveMissing(Path path) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path base = path;
        while (base != null && !Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
            Path name = base.getFileName();
            if (name == null) {
                break;
            }
            missing.push(name);
            base = base.getParent();
        }
        Path resolved = base == null ? path.getRoot() : Files.exists(base) ? base.toRealPath() : resolve(base);
        for (Path name : missing) {
            resolved = resolved.resolve(name.toString()).normalize();
        }
        return resolved;
    }

    /**
     * Tells whether two paths lead to the same place: by links, by another spelling, or as two names of one file.
     *
     * @param first any path
     * @param second any path
     * @return whether writing to one changes the other
     * @throws IOException if a folder on the way cannot be read
     */
    public static boolean isSame(Path first, Path second) throws IOException {
        return resolve(first).equals(resolve(second))
                || (Files.exists(first) && Files.exists(second) && Files.isSameFile(first, second));
    }
}
