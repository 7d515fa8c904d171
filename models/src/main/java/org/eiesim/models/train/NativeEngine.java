package org.eiesim.models.train;

import ai.djl.engine.Engine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's native library, loaded at the first use.
 *
 * <p>Before it is loaded these system properties are set where nobody has set them: {@code
 * ai.djl.pytorch.num_threads=1} and {@code ai.djl.pytorch.num_interop_threads=1} (one native thread, so that sums have
 * one order; more threads are a user's choice and give up that promise), {@code ai.djl.offline=true} (nothing is
 * fetched at run time) and {@code OPT_OUT_TRACKING=true} (DJL carries telemetry). The library is unpacked once, about
 * 430 MB, to the folder the environment variable or system property {@code DJL_CACHE_DIR} names, by default {@code
 * .djl.ai} in the user's home.
 */
final class NativeEngine {
    private static @Nullable Engine loaded;

    private NativeEngine() {}

    /**
     * Returns the engine.
     *
     * @return the engine, the same at every call
     * @throws TrainingException if this platform has no native library on the class path or it cannot be unpacked
     */
    static synchronized Engine get() {
        if (loaded == null) {
            setIfAbsent("ai.djl.pytorch.num_threads", "1");
            setIfAbsent("ai.djl.pytorch.num_interop_threads", "1");
            setIfAbsent("ai.djl.offline", "true");
            setIfAbsent("OPT_OUT_TRACKING", "true");
            Engine engine = load(() -> Engine.getEngine("PyTorch"));
            if (Reproducibility.isRequired()) {
                Reproducibility.switchOffAdaptiveConvolutions();
            }
            loaded = engine;
        }
        return loaded;
    }

    /** Tells whether the library is loaded, and what it reads once is read. */
    static synchronized boolean isLoaded() {
        return loaded != null;
    }

    /** Runs the loader and turns whatever it throws into one line that says what to do. */
    static Engine load(Supplier<Engine> loader) {
        try {
            return loader.get();
        } catch (RuntimeException | LinkageError e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String reason =
                    String.valueOf(root.getMessage()).lines().findFirst().orElse("");
            throw new TrainingException(
                    "training needs PyTorch's native library, which could not be loaded on "
                            + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                            + ": put ai.djl.pytorch:pytorch-native-cpu for this platform on the class path, make"
                            + " DJL_CACHE_DIR a writable folder, or use a recipe that does not train ("
                            + root.getClass().getSimpleName() + ": " + reason + ")",
                    e);
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
