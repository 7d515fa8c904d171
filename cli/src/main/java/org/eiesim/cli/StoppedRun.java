package org.eiesim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.train.Checkpoints;
import org.eiesim.studies.version.ToolVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a command that trains keeps while it runs, in a folder beside its output that ends in {@code .resume}: stopped by
 * Ctrl-C or killed, the same command goes on from there. Ctrl-C says so. It is removed when the output is written.
 */
final class StoppedRun implements AutoCloseable {
    private static final String SUFFIX = ".resume";

    private final Checkpoints checkpoints;
    private final Thread notice;

    private StoppedRun(Checkpoints checkpoints, Thread notice) {
        this.checkpoints = checkpoints;
        this.notice = notice;
    }

    /**
     * Opens what an earlier run of the same command left, or begins.
     *
     * @param output the file the command writes
     * @param network the file that is read, if one is
     * @param data the images
     * @param words all else the result depends on
     */
    static StoppedRun open(
            CommonOptions common, Path output, @Nullable Path network, @Nullable DatasetPair data, List<String> words)
            throws IOException {
        Checkpoints checkpoints = AtomicFiles.isStream(output)
                ? Checkpoints.NONE
                : Checkpoints.open(output.resolveSibling(output.getFileName() + SUFFIX), key(network, data, words));
        switch (checkpoints.found()) {
            case THIS_RUN -> common.note("going on with what an earlier run kept in " + checkpoints.folder());
            case ANOTHER_RUN ->
                common.note("beginning anew: what an earlier run kept in " + checkpoints.folder()
                        + " is of other inputs, options or another version");
            case NOTHING -> {
                // A first run says nothing.
            }
        }
        Thread notice = new Thread(() -> say(common, checkpoints), "eiesim-stopped");
        Runtime.getRuntime().addShutdownHook(notice);
        return new StoppedRun(checkpoints, notice);
    }

    private static void say(CommonOptions common, Checkpoints checkpoints) {
        Path folder = checkpoints.folder();
        if (folder != null && Files.isDirectory(folder)) {
            common.note("stopped; finished epochs and steps are kept in " + folder
                    + ", and the same command goes on from there");
        }
    }

    private static byte[] key(@Nullable Path network, @Nullable DatasetPair data, List<String> words)
            throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        digest.update(ToolVersion.text().getBytes(StandardCharsets.UTF_8));
        for (String word : words) {
            digest.update((word.length() + " " + word).getBytes(StandardCharsets.UTF_8));
        }
        if (network != null) {
            digest.update(Files.readAllBytes(network));
        }
        if (data != null && data.train() != null) {
            Dataset train = data.train();
            digest.update((train.sampleShape() + " " + train.numClasses() + " " + train.size())
                    .getBytes(StandardCharsets.UTF_8));
            float[] sample = new float[train.sampleShape().size()];
            for (int i = 0; i < train.size(); i++) {
                train.copySample(i, sample, 0);
                digest.update((Arrays.hashCode(sample) + " " + train.label(i) + " ").getBytes(StandardCharsets.UTF_8));
            }
        }
        return digest.digest();
    }

    /** Returns what keeps the run. */
    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** The output is written: nothing need be kept any more. */
    void finish() throws IOException {
        checkpoints.remove();
    }

    /** The process need say nothing any more when it ends. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(notice);
        } catch (IllegalStateException e) {
            // It is ending right now, and says it.
        }
    }
}
