package org.eiesim.models.train;

import ai.djl.util.Utils;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where PyTorch's native library is unpacked, for messages; nothing is loaded by asking. */
public final class NativeLibrary {
    /** Roughly what it takes there. */
    public static final int SIZE_MEGABYTES = 430;

    /** Part of the jar that holds a platform's library. */
    private static final String DESCRIPTION = "/native/lib/pytorch.properties";

    private NativeLibrary() {}

    /**
     * Returns the folder it is unpacked to at the first training.
     *
     * @return {@code pytorch} within the folder that {@code DJL_CACHE_DIR} (or {@code ENGINE_CACHE_DIR}) names, by
     *     default {@code ~/.djl.ai}
     */
    public static Path folder() {
        return Utils.getEngineCacheDir("pytorch");
    }

    /**
     * Tells whether the first training is still to unpack it.
     *
     * @return whether it is on the class path, as it is not on every platform, and its folder does not exist
     */
    public static boolean isToBeUnpacked() {
        return NativeLibrary.class.getResource(DESCRIPTION) != null && !Files.isDirectory(folder());
    }
}
